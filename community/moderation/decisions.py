"""What an editor can decide about a comment. Every act is one transaction: state, log, mail."""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from community.comments import states
from community.comments.models import Comment
from community.moderation import log, reasons, telling
from community.moderation.models import Act, Objection, Reason
from community.notifications import announcing
from users.models import User

Status = Comment.Status
Initiative = Act.Initiative
MODERATE = "django_comments.can_moderate"

# From which states an editor can bring a comment into which.
MOVES: dict[Status, set[Status]] = {
    Status.APPROVED: {Status.PENDING, Status.REJECTED, Status.SPAM, Status.REMOVED},
    Status.REJECTED: {Status.PENDING, Status.SPAM},
    Status.SPAM: {Status.PENDING, Status.APPROVED},
    Status.REMOVED: {Status.APPROVED},
    Status.PENDING: {Status.APPROVED, Status.REJECTED, Status.SPAM, Status.REMOVED},
}
REFUSED = {Status.REJECTED, Status.SPAM, Status.REMOVED}


class AlreadyHandled(Exception):
    """Someone else was first. ``act`` is what they did, if it was logged."""

    def __init__(self, comment: Comment, act: Act | None) -> None:
        super().__init__(comment.public_id)
        self.comment = comment
        self.act = act


class ReasonMissing(ValueError):
    """A comment is refused or removed without a reason."""


@dataclass(frozen=True)
class Grounds:
    """Why something is decided: the reason, a word to the writer, and what made someone look."""

    reason: Reason | None = None
    explanation: str = ""
    note: str = ""
    initiative: str = Initiative.EDITOR


def approve(
    comment: Comment,
    *,
    by: User,
    now: datetime | None = None,
    initiative: str = Initiative.EDITOR,
) -> Act:
    """Let everyone read ``comment``, and tell its writer. Its replies stay as they are.

    An objection against its refusal is granted by this.
    """
    return _decide(comment, Status.APPROVED, Grounds(initiative=initiative), by=by, now=now)


def reject(
    comment: Comment,
    *,
    by: User,
    reason: str,
    explanation: str = "",
    now: datetime | None = None,
    initiative: str = Initiative.EDITOR,
) -> Act:
    """Refuse ``comment``, or take it away where it stood already; tell its writer why.

    Raises `ReasonMissing` for a reason that we do not know.
    """
    known = reasons.find(reason)
    if known is None:
        raise ReasonMissing(reason)
    to = Status.REMOVED if comment.status == Status.APPROVED else Status.REJECTED
    grounds = Grounds(known, explanation, initiative=initiative)
    return _decide(comment, to, grounds, by=by, now=now)


def mark_spam(comment: Comment, *, by: User, now: datetime | None = None) -> Act:
    """Keep ``comment`` among the spam, and tell its writer if that one is proven."""
    return _decide(comment, Status.SPAM, Grounds(reasons.find(reasons.SPAM)), by=by, now=now)


def hold(comment: Comment, *, by: User | None, note: str = "", now: datetime | None = None) -> Act:
    """Bring ``comment`` back among what waits: nobody reads it until an editor has decided.

    ``by`` is ``None`` when software does it, which says so in the log.
    """
    initiative = Initiative.EDITOR if by else Initiative.NOTICE
    grounds = Grounds(note=note, initiative=initiative)
    return _decide(comment, Status.PENDING, grounds, by=by, now=now, kind=Act.Kind.HELD)


@transaction.atomic
def _decide(
    comment: Comment,
    to: Status,
    grounds: Grounds,
    *,
    by: User | None,
    now: datetime | None,
    kind: str = Act.Kind.DECIDED,
) -> Act:
    require_moderator(by)
    now = now or timezone.now()
    since = Status(comment.status)
    if since not in MOVES[to] or not states.change(comment, to=to, now=now):
        raise already_handled(comment)
    if since == Status.APPROVED:
        announcing.withdraw(comment)
    mails = telling.tell(comment, since, grounds)
    act = log.write(
        kind=kind,
        by=by,
        comment=comment,
        from_status=since,
        to_status=to,
        reason=grounds.reason,
        explanation=grounds.explanation,
        note=grounds.note,
        initiative=grounds.initiative,
        mails=mails,
        at=now,
    )
    if to == Status.APPROVED and since in REFUSED:
        _grant_objection(comment, by=by, now=now)
    return act


def require_moderator(user: User | None) -> None:
    """Raise `PermissionDenied` unless ``user`` may decide; ``None`` is the software itself."""
    if user is not None and not user.has_perm(MODERATE):
        raise PermissionDenied


def already_handled(comment: Comment) -> AlreadyHandled:
    """Return what to raise when ``comment`` is not as it was seen; it is read anew."""
    comment.refresh_from_db()
    return AlreadyHandled(comment, comment.acts.select_related("moderator").first())


def _grant_objection(comment: Comment, *, by: User | None, now: datetime) -> None:
    """Close the objection about ``comment``, if one is open: it is placed after all."""
    waiting = Objection.objects.filter(comment_id=comment.pk, closed_at__isnull=True)
    waiting.update(closed_at=now, outcome=Objection.Outcome.GRANTED, decided_by=by)
