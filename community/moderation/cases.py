"""What editors do with notices: see the open cases, let a comment stand, hear objections."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import Count, Q, QuerySet

from community.comments import states
from community.comments.models import Comment
from community.moderation import closing, decisions, log, notifiers, overtaking
from community.moderation.closing import may_decide
from community.moderation.models import Act, Case, Notice
from community.moderation.seconding import AnotherEditor
from users.models import User

__all__ = [
    "AnotherEditor",
    "NothingToObjectTo",
    "Shown",
    "count_open",
    "keep",
    "may_decide",
    "may_object",
    "noticed",
    "noticed_by_writer",
    "object_to",
    "open_with_notices",
    "opened",
]

Status, Outcome = Comment.Status, Case.Outcome

_KEEPABLE = {Status.APPROVED, Status.PENDING}


class NothingToObjectTo(Exception):
    """The case is open, ended otherwise, was objected to before, or the comment is gone."""


@dataclass
class Shown:
    """An open case with what readers say: new notices, and objections to how an earlier ended."""

    case: Case
    notices: list[Notice] = field(default_factory=list)
    objections: list[Notice] = field(default_factory=list)


def opened() -> QuerySet[Case]:
    """Return the cases that wait for an editor, longest waiting first."""
    return Case.objects.open()


def noticed() -> QuerySet[Comment]:
    """Return the comments of the open cases, longest waiting first."""
    waiting = Comment.objects.filter(cases__in=opened().order_by())
    return waiting.order_by("cases__opened_at", "cases__pk")


def count_open() -> int:
    """Return how many cases wait for an editor."""
    return opened().count()


def open_with_notices(comments: Collection[int]) -> dict[int, Shown]:
    """Return the open cases about ``comments``, by their keys; two queries for any number."""
    found = Case.objects.open().filter(comment_id__in=comments)
    shown = {case.pk: Shown(case) for case in found}
    if not shown:
        return {}
    said = Notice.objects.filter(Q(case__in=shown) | Q(objection_case__in=shown))
    for notice in said.select_related("reason", "user", "case__decided_by"):
        if notice.case_id in shown:
            shown[notice.case_id].notices.append(notice)
        if notice.objection_case_id in shown:
            shown[notice.objection_case_id].objections.append(notice)
    return {each.case.comment_id: each for each in shown.values()}


def noticed_by_writer(keys: Collection[str]) -> dict[str, int]:
    """Return of how many comments by each of the writers ``keys`` readers gave notice; one query.

    Writers of whom there is none are left out.
    """
    about = Comment.objects.filter(writer_key__in=keys, cases__isnull=False).order_by()
    counted = about.values("writer_key").annotate(number=Count("pk", distinct=True))
    return {row["writer_key"]: row["number"] for row in counted}


@transaction.atomic
def keep(case: Case, *, by: User, answer: str, now: datetime) -> Act:
    """Let the comment of ``case`` stand, and mail ``answer`` to all who noticed it.

    One that was held until seen can be read again, and its writer hears that.

    Raises `AnotherEditor`, and `overtaking.AlreadyHandled` when the case was closed, or
    the comment is no longer as the one of ``case`` says.
    """
    decisions.require_moderator(by)
    seen = case.comment
    status = states.hold(seen)
    comment = Comment.objects.select_related("page", "user").get(pk=case.comment_id)
    current = closing.open_about(comment)
    if current != case or comment.edited_at != seen.edited_at:
        raise overtaking.already_handled(comment)
    was_held = current.held_at is not None and status == Status.PENDING  # because of notices
    if not was_held and (status != seen.status or status not in _KEEPABLE):
        raise overtaking.already_handled(comment)
    if status == Status.PENDING:
        return decisions.approve(comment, by=by, now=now, answer=answer)
    mails = closing.close(case, comment=comment, by=by, now=now, answer=answer)
    return log.write(
        kind=Act.Kind.NOTICE,
        by=by,
        comment=comment,
        from_status=comment.status,
        to_status=comment.status,
        explanation=answer,
        initiative=Act.Initiative.NOTICE,
        mails=mails,
        at=now,
    )


def may_object(notice: Notice) -> bool:
    """Return whether whoever sent ``notice`` can object: once, to a comment that stays."""
    case = notice.case
    is_kept = case.outcome == Outcome.KEPT and case.comment.status == Status.APPROVED
    return is_kept and not _has_objected(notice)


def _has_objected(notice: Notice) -> bool:
    """Return whether whoever sent ``notice`` objected to its outcome, by this or another one."""
    objected = Notice.objects.filter(case=notice.case_id, objected_at__isnull=False)
    same = Q(writer_key=notice.writer_key) if notice.writer_key else Q()
    return objected.filter(Q(pk=notice.pk) | same).exists()


@transaction.atomic
def object_to(notice: Notice, *, text: str, now: datetime) -> Case:
    """Store what a reader says against the comment's staying, for another editor to judge.

    It opens a new case, or joins the one that is open; a receipt is mailed.

    Raises `NothingToObjectTo`.
    """
    comment = notice.case.comment
    if states.hold(comment) != Status.APPROVED or notice.case.outcome != Outcome.KEPT:
        raise NothingToObjectTo(notice.pk)
    if _has_objected(notice):
        raise NothingToObjectTo(notice.pk)
    case, _is_new = Case.objects.get_or_create(
        comment_id=comment.pk, closed_at=None, defaults={"opened_at": now}
    )
    case.comment = comment
    Notice.objects.filter(pk=notice.pk).update(objection=text, objected_at=now, objection_case=case)
    notifiers.tell_objection_received(notice, case)
    return case
