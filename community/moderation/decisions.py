"""What an editor can decide about a comment. Every act is one transaction: state, log, mail."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone, translation

from community.comments import states
from community.comments.models import Comment
from community.moderation import objections
from community.moderation.models import Act, Reason
from community.notifications import announcing
from community.notifications import decisions as mails
from users.models import User

Status = Comment.Status
MODERATE = "django_comments.can_moderate"

# From which states an editor can bring a comment into which.
MOVES: dict[Status, set[Status]] = {
    Status.APPROVED: {Status.PENDING, Status.REJECTED, Status.SPAM, Status.REMOVED},
    Status.REJECTED: {Status.PENDING, Status.SPAM},
    Status.SPAM: {Status.PENDING, Status.APPROVED},
    Status.REMOVED: {Status.APPROVED},
}


class AlreadyHandled(Exception):
    """Someone else was first. ``act`` is what they did, if it was logged."""

    def __init__(self, comment: Comment, act: Act | None) -> None:
        super().__init__(comment.public_id)
        self.comment = comment
        self.act = act


class ReasonMissing(ValueError):
    """A comment is refused or removed without a reason."""


def approve(comment: Comment, *, by: User, now: datetime | None = None) -> Act:
    """Let everyone read ``comment``, and tell its writer. Its replies stay as they are."""
    return _decide(comment, Status.APPROVED, by=by, now=now)


def reject(
    comment: Comment,
    *,
    by: User,
    reason: str,
    explanation: str = "",
    now: datetime | None = None,
) -> Act:
    """Refuse ``comment``, or take it away where it stood already; tell its writer why.

    Raises `ReasonMissing` for a reason that we do not know.
    """
    if reason not in Reason.values:
        raise ReasonMissing(reason)
    to = Status.REMOVED if comment.status == Status.APPROVED else Status.REJECTED
    return _decide(comment, to, by=by, now=now, reason=reason, explanation=explanation)


def mark_spam(comment: Comment, *, by: User, now: datetime | None = None) -> Act:
    """Keep ``comment`` among the spam; nobody is told."""
    return _decide(comment, Status.SPAM, by=by, now=now)


@transaction.atomic
def _decide(
    comment: Comment,
    to: Status,
    *,
    by: User,
    now: datetime | None,
    reason: str = "",
    explanation: str = "",
) -> Act:
    if not by.has_perm(MODERATE):
        raise PermissionDenied
    since = Status(comment.status)
    if since not in MOVES[to] or not states.change(comment, to=to, now=now or timezone.now()):
        comment.refresh_from_db()
        raise AlreadyHandled(comment, comment.acts.select_related("moderator").first())
    act = Act.objects.create(
        comment=comment,
        moderator=by,
        from_status=since,
        to_status=to,
        reason=reason,
        explanation=explanation,
    )
    if to == Status.APPROVED and since in objections.REFUSED:
        objections.close(comment, now=act.at)
    _tell(comment, act)
    return act


def _tell(comment: Comment, act: Act) -> None:
    if act.to_status == Status.APPROVED:
        mails.tell_approved(comment)
        return
    if act.from_status == Status.APPROVED:
        announcing.withdraw(comment)
    if act.reason:
        mails.tell_refused(comment, _refusal(comment, act))


def _refusal(comment: Comment, act: Act) -> mails.Refusal:
    with translation.override(comment.language):
        reason = str(act.get_reason_display())
    return mails.Refusal(
        reason=reason,
        explanation=act.explanation,
        was_placed=act.to_status == Status.REMOVED,
    )
