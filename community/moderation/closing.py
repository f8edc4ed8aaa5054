"""A case ends: what came of it, and the mails to those who noticed the comment."""

from datetime import datetime, timedelta

from community.comments.models import Comment
from community.moderation import notifiers, seconding
from community.moderation.models import Act, Case, Reason
from community.moderation.telling import SECOND_THOUGHTS
from users.models import User

Status, Outcome = Comment.Status, Case.Outcome

# What a comment's new status says about the case that was open about it.
OUTCOMES: dict[str, str] = {
    Status.APPROVED: Outcome.KEPT,
    Status.REJECTED: Outcome.REMOVED,
    Status.SPAM: Outcome.REMOVED,
    Status.REMOVED: Outcome.REMOVED,
    Status.DELETED: Outcome.WITHDRAWN,
}


def open_about(comment: Comment) -> Case | None:
    """Return the case about ``comment`` that waits for an editor, if there is one."""
    return Case.objects.open().filter(comment_id=comment.pk).first()


def may_decide(case: Case, editor: User) -> bool:
    """Return whether ``editor`` may let the comment of ``case`` stand.

    Whoever decided so before does not judge the objections to that, as long as
    somebody else may moderate; taking the comment away after all may anyone.
    """
    first = case.objections.values_list("case__decided_by_id", flat=True)
    return seconding.may_judge(editor, first={key for key in first if key})


def require_another(case: Case, editor: User | None) -> None:
    """Raise `seconding.AnotherEditor` unless ``editor`` may let the comment stand."""
    if editor is not None and not may_decide(case, editor):
        raise seconding.AnotherEditor(case.pk)


def close(
    case: Case,
    *,
    comment: Comment,
    by: User | None,
    now: datetime,
    answer: str = "",
    reason: Reason | None = None,
    after: timedelta = SECOND_THOUGHTS,
) -> list[int]:
    """End ``case`` as the status of ``comment`` says; return the keys of the mails about it.

    The mails leave ``after`` a while. In the caller's transaction, which holds the
    comment. Raises `seconding.AnotherEditor`.
    """
    case.outcome = OUTCOMES[comment.status]
    if case.outcome == Outcome.KEPT:
        require_another(case, by)
    case.comment, case.closed_at, case.answer, case.decided_by = comment, now, answer, by
    case.save(update_fields=["outcome", "closed_at", "answer", "decided_by"])
    return notifiers.tell_decided(case, reason=reason, due_at=now + after)


def tell_restored(comment: Comment, *, now: datetime) -> list[int]:
    """Mail those whose notice had ``comment`` taken away that it is back; return the mails' keys.

    In the caller's transaction, before it is logged; like other decisions it can be
    undone for a while.
    """
    last = Case.objects.filter(comment_id=comment.pk, closed_at__isnull=False)
    case = last.order_by("closed_at", "pk").last()
    if case is None or case.outcome != Outcome.REMOVED or _was_back(comment, case):
        return []
    case.comment = comment
    return notifiers.tell_restored(case, due_at=now + SECOND_THOUGHTS)


def _was_back(comment: Comment, case: Case) -> bool:
    """Return whether it was placed again since: what took it away then is another story."""
    placed = comment.acts.filter(to_status=Status.APPROVED, undone_by__isnull=True)
    return placed.filter(at__gt=case.closed_at).exists()


def withdraw(comment: Comment, *, now: datetime) -> None:
    """End the case about a comment that its writer has deleted, and tell who noticed it."""
    case = open_about(comment)
    if case is not None:
        close(case, comment=comment, by=None, now=now, after=timedelta(0))


def ended_by(act: Act) -> Case | None:
    """Return the case that was closed by ``act``, if one was."""
    if act.comment_id is None:
        return None
    return Case.objects.filter(comment_id=act.comment_id, closed_at=act.at).first()


def decision(case: Case) -> Act | None:
    """Return the line of the log that says what was decided about ``case``, once it is."""
    if case.closed_at is None:
        return None
    decided = Act.objects.filter(comment_id=case.comment_id, at=case.closed_at)
    return decided.select_related("reason").first()


def reopen(case: Case) -> None:
    """Let ``case`` wait again, as if it had not been decided about."""
    case.closed_at, case.outcome, case.answer, case.decided_by = None, "", "", None
    case.save(update_fields=["closed_at", "outcome", "answer", "decided_by"])


def was_kept(comment: Comment) -> bool:
    """Return whether an editor has let ``comment`` stand as it reads now, in spite of notices."""
    kept = Case.objects.filter(comment_id=comment.pk, outcome=Outcome.KEPT)
    return (kept.filter(closed_at__gt=comment.edited_at) if comment.edited_at else kept).exists()
