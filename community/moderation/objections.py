"""A writer disagrees: an editor looks again, another one than the first where there is one."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from community.comments import states
from community.comments.models import Comment
from community.moderation import decisions, log, seconding
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
    "forget",
    "grant",
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
    """The comment is not refused, no longer, or an objection to that was denied already."""


def opened() -> QuerySet[Objection]:
    """Return the objections that wait for an editor, longest waiting first."""
    waiting = Objection.objects.filter(closed_at__isnull=True, comment__status__in=REFUSED)
    return waiting.order_by("at", "pk")


def open_about(comment: Comment) -> Objection | None:
    """Return the objection to the refusal of ``comment`` that waits, if there is one."""
    if comment.status not in REFUSED:
        return None
    return Objection.objects.filter(comment_id=comment.pk, closed_at__isnull=True).first()


def denied_about(comment: Comment) -> Objection | None:
    """Return the objection to this very refusal of ``comment`` that was denied, if any.

    One to an earlier refusal, before it was placed and refused again, does not count.
    """
    if comment.status not in REFUSED:
        return None
    denied = Objection.objects.filter(comment_id=comment.pk, outcome=Outcome.DENIED)
    if comment.decided_at is not None:
        denied = denied.filter(closed_at__gte=comment.decided_at)
    return denied.order_by("closed_at").last()


def may_object(comment: Comment) -> bool:
    """Return whether the writer can still object: once to each refusal."""
    return comment.status in REFUSED and denied_about(comment) is None


def refusal(comment: Comment) -> Act | None:
    """Return the decision by which ``comment`` came to be refused, if a person took one."""
    decided = comment.acts.filter(kind=Act.Kind.DECIDED, to_status=comment.status)
    return decided.select_related("reason").first()


@transaction.atomic
def object_to(comment: Comment, *, text: str, language: str, now: datetime) -> Objection:
    """Store what the writer says against the refusal of ``comment``, and mail a receipt.

    While one objection waits, a further one changes nothing; it returns the first. One
    that was denied is the last to that refusal.

    Raises `NothingToObjectTo`.
    """
    if states.hold(comment) not in REFUSED:
        raise NothingToObjectTo(comment.public_id)
    comment.refresh_from_db(fields=["status", "decided_at"])
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
    """Return whether ``editor`` may judge ``objection``: not the one who refused.

    Where nobody else may moderate, the same editor looks again.
    """
    refused = refusal(objection.comment)
    first = {refused.moderator_id} if refused and refused.moderator_id else set()
    return seconding.may_judge(editor, first=first)


@transaction.atomic
def grant(objection: Objection, *, by: User, now: datetime, answer: str = "") -> Act:
    """Place the comment after all; its writer gets the mail of a placed comment.

    Raises `AnotherEditor`, and `decisions.AlreadyHandled` when it was judged already.
    """
    comment = _judge(objection, Outcome.GRANTED, by=by, now=now, answer=answer)
    initiative = Act.Initiative.OBJECTION
    return decisions.approve(comment, by=by, now=now, initiative=initiative)


@transaction.atomic
def deny(objection: Objection, *, by: User, now: datetime, answer: str) -> Act:
    """Let the refusal stand, and mail the writer why.

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
    comment = Comment.objects.select_related("page", "user").get(pk=objection.comment_id)
    waiting = Objection.objects.filter(pk=objection.pk, closed_at__isnull=True)
    judged = waiting.update(closed_at=now, outcome=outcome, answer=answer, decided_by=by)
    if not judged or comment.status not in REFUSED:
        raise decisions.already_handled(comment)
    return comment


def forget(comment: Comment) -> None:
    """Delete what the writer of ``comment`` said against its refusal."""
    Objection.objects.filter(comment_id=comment.pk).delete()
