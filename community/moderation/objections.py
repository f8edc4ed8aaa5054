"""A writer disagrees: an editor looks again, another one than the first where there is one."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from community.comments import states
from community.comments.models import Comment
from community.moderation import decisions, editing_by_editor, log, overtaking, seconding
from community.moderation.models import Act, Objection
from community.moderation.seconding import AnotherEditor
from community.notifications import objections as mails
from users.models import User

__all__ = [
    "REFUSED",
    "AnotherEditor",
    "NothingToObjectTo",
    "denied_about",
    "deny",
    "disputed",
    "forget",
    "grant",
    "may_be_about",
    "may_decide",
    "may_object",
    "object_to",
    "open_about",
    "opened",
    "refusal",
]

Status = Comment.Status
Outcome = Objection.Outcome

# What can be objected to: what a writer was refused, under whatever name we keep it.
REFUSED = decisions.REFUSED


class NothingToObjectTo(Exception):
    """There is no refusal and no editor's text, no longer, or that was objected to before."""


def opened() -> QuerySet[Objection]:
    """Return the objections that wait for an editor, longest waiting first."""
    refused = Q(status__in=REFUSED)
    edited = Q(status__in=editing_by_editor.EDITABLE, edited_by_editor=True)
    disputed = Comment.objects.filter(refused | edited, pk=OuterRef("comment_id")).order_by()
    return Objection.objects.filter(Exists(disputed), closed_at__isnull=True).order_by("at", "pk")


def may_be_about(comment: Comment) -> bool:
    """Return whether there is something to object to: a refusal, or an editor's text."""
    return comment.status in REFUSED or editing_by_editor.edited(comment)


def open_about(comment: Comment) -> Objection | None:
    """Return the objection about ``comment`` that waits, if there is one."""
    if not may_be_about(comment):
        return None
    return Objection.objects.filter(comment_id=comment.pk, closed_at__isnull=True).first()


def denied_about(comment: Comment) -> Objection | None:
    """Return the objection to what stands against ``comment`` now that was denied, if any.

    One to an earlier refusal, before it was placed and refused again, does not count.
    """
    if not may_be_about(comment):
        return None
    denied = Objection.objects.filter(comment_id=comment.pk, outcome=Outcome.DENIED)
    last = denied.order_by("closed_at").last()
    if last is None or last.closed_at is None:
        return None
    since = _disputed_since(comment)
    return None if since and last.closed_at < since else last


def may_object(comment: Comment) -> bool:
    """Return whether the writer can still object: once to each refusal or changed text."""
    return may_be_about(comment) and denied_about(comment) is None


def refusal(comment: Comment) -> Act | None:
    """Return the decision by which ``comment`` came to be refused, if a person took one."""
    decided = comment.acts.filter(
        kind=Act.Kind.DECIDED, to_status=comment.status, undone_by__isnull=True
    )
    return decided.select_related("reason").first()


def disputed(comment: Comment, acts: Iterable[Act] | None = None) -> Act | None:
    """Return what an objection about ``comment`` is against: its refusal or its last change.

    What was undone does not count. ``acts`` are all about it, latest first, where they
    were read already.
    """
    found = list(comment.acts.all() if acts is None else acts)
    undone = {act.undoes_id for act in found}
    counted = (act for act in found if act.pk not in undone)
    return next((act for act in counted if _is_disputed(act, comment)), None)


def _is_disputed(act: Act, comment: Comment) -> bool:
    if comment.status in REFUSED:
        return act.kind == Act.Kind.DECIDED and act.to_status == comment.status
    return act.kind == Act.Kind.EDITED


def _disputed_since(comment: Comment) -> datetime | None:
    if comment.status in REFUSED and not _is_refused_by_undoing(comment):
        return comment.decided_at
    act = disputed(comment)
    return act.at if act else None


def _is_refused_by_undoing(comment: Comment) -> bool:
    """Return whether ``comment`` is refused again, as before a decision that was undone."""
    return comment.acts.filter(kind=Act.Kind.UNDONE, at=comment.decided_at).exists()


@transaction.atomic
def object_to(comment: Comment, *, text: str, language: str, now: datetime) -> Objection:
    """Store what the writer says against what editors did with ``comment``; mail a receipt.

    While one objection waits, a further one changes nothing; it returns the first. One
    that was denied is the last to that refusal.

    Raises `NothingToObjectTo`.
    """
    states.hold(comment)
    comment.refresh_from_db(fields=["status", "decided_at", "edited_by_editor"])
    if not may_object(comment):
        raise NothingToObjectTo(comment.public_id)
    objection, is_new = Objection.objects.get_or_create(
        comment_id=comment.pk,
        closed_at=None,
        defaults={"text": text, "language": language, "at": now},
    )
    if is_new:
        mails.tell_received(comment, language=language)
    return objection


def may_decide(objection: Objection, editor: User) -> bool:
    """Return whether ``editor`` may judge ``objection``: not the one who did what it is about.

    Where nobody else may moderate, the same editor looks again.
    """
    act = disputed(objection.comment)
    first = {act.moderator_id} if act and act.moderator_id else set()
    return seconding.may_judge(editor, first=first)


@transaction.atomic
def grant(objection: Objection, *, by: User, now: datetime, answer: str = "") -> Act:
    """Place the comment after all, or give it its own text back; its writer gets a mail.

    Raises `AnotherEditor`, and `overtaking.AlreadyHandled` when it was judged already.
    """
    comment = _judge(objection, Outcome.GRANTED, by=by, now=now, answer=answer)
    if comment.status not in REFUSED:
        return editing_by_editor.restore(comment, by=by, answer=answer, now=now)
    initiative = Act.Initiative.OBJECTION
    return decisions.approve(comment, by=by, now=now, initiative=initiative)


@transaction.atomic
def deny(objection: Objection, *, by: User, now: datetime, answer: str) -> Act:
    """Let what was done stand, and mail the writer why.

    Raises what `grant` raises.
    """
    comment = _judge(objection, Outcome.DENIED, by=by, now=now, answer=answer)
    message = mails.tell_denied(comment, answer=answer, language=objection.language)
    return log.write(
        kind=Act.Kind.OBJECTION,
        by=by,
        comment=comment,
        from_status=comment.status,
        to_status=comment.status,
        explanation=answer,
        initiative=Act.Initiative.OBJECTION,
        mails=[message.pk] if message else [],
        at=now,
    )


def _judge(objection: Objection, outcome: str, *, by: User, now: datetime, answer: str) -> Comment:
    decisions.require_moderator(by)
    if not may_decide(objection, by):
        raise AnotherEditor(objection.pk)
    states.hold(objection.comment)
    comment = Comment.objects.select_related("page", "user").get(pk=objection.comment_id)
    waiting = Objection.objects.filter(pk=objection.pk, closed_at__isnull=True)
    judged = waiting.update(closed_at=now, outcome=outcome, answer=answer, decided_by=by)
    if not judged or not may_be_about(comment):
        raise overtaking.already_handled(comment)
    return comment


def forget(comment: Comment) -> None:
    """Delete what the writer of ``comment`` said against its refusal."""
    Objection.objects.filter(comment_id=comment.pk).delete()
