"""What an editor can decide about a comment. Every act is one transaction: state, log, mail."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from community.comments import states
from community.comments.models import Comment
from community.moderation import closing, log, looking, reasons, telling
from community.moderation.models import Act, Case, Objection, Reason
from community.moderation.overtaking import already_handled
from community.notifications import announcing, naming, silences
from community.notifications.models import Kind
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


class ReasonMissing(ValueError):
    """A comment is refused or removed without a reason."""


@dataclass(frozen=True)
class Grounds:
    """Why something is decided: the reason, a word to the writer, and what made someone look.

    ``answer`` is to readers who noticed the comment; ``was_held`` tells that software held
    it because of them. ``objection`` is what the writer said against the refusal, if that
    is granted by this.
    """

    reason: Reason | None = None
    explanation: str = ""
    note: str = ""
    initiative: str = Initiative.EDITOR
    answer: str = ""
    was_held: bool = False
    objection: Objection | None = None


def approve(
    comment: Comment,
    *,
    by: User,
    now: datetime | None = None,
    initiative: str = Initiative.EDITOR,
    answer: str = "",
) -> Act:
    """Let everyone read ``comment``, and tell its writer. Its replies stay as they are.

    An objection against its refusal is granted by this, and readers who noticed it
    hear that it stays, with ``answer``.

    Raises `seconding.AnotherEditor` when one of them objected to the same decision by
    ``by`` before.
    """
    grounds = Grounds(initiative=initiative, answer=answer)
    return _decide(comment, Status.APPROVED, grounds, by=by, now=now)


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

    Readers who noticed it are told as well, and the writer that readers did, not who.

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


def with_signs() -> QuerySet[Comment]:
    """Return comments with signs of readers' notices, of the page and of the writer's wishes.

    They spare a query each. Readers cannot notice what waits, so for that the first sign
    holds until it is decided.
    """
    waiting = Case.objects.open().filter(comment_id=OuterRef("pk")).order_by()
    signs = {
        "has_case": Exists(waiting),
        looking.ASKED: looking.held_by_author(),
        naming.SIGN: naming.is_hidden(),
        silences.SIGN: silences.is_writers(Kind.DECISION),
    }
    return Comment.objects.select_related("page", "user").annotate(**signs)


def _case_about(comment: Comment, since: Status) -> Case | None:
    if since == Status.PENDING and not getattr(comment, "has_case", True):
        return None
    return closing.open_about(comment)


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
    return carry_out(comment, to, grounds, by=by, now=now or timezone.now(), kind=kind)


@transaction.atomic
def carry_out(
    comment: Comment, to: Status, grounds: Grounds, *, by: User | None, now: datetime, kind: str
) -> Act:
    """Bring ``comment`` into the state ``to``, log it and mail who is to hear of it.

    Who may is asked before this. Raises `overtaking.AlreadyHandled`, also when what was seen to
    be open about the comment was judged meanwhile, and `seconding.AnotherEditor`.
    """
    since = Status(comment.status)
    if since not in MOVES[to] or looking.is_outdated(comment):
        raise already_handled(comment)
    if not states.change(comment, to=to, now=now):
        raise already_handled(comment)
    if since == Status.APPROVED:
        announcing.withdraw(comment)
    case = _case_about(comment, since) if to != Status.PENDING else None
    grounds = _with_what_is_open(grounds, comment, since, case, by=by, now=now)
    mails = telling.tell(comment, since, grounds) + _end(case, comment, grounds, by, now)
    if since in REFUSED and to == Status.APPROVED:
        mails += closing.tell_restored(comment, now=now)
    return log.write(
        kind=kind,
        by=by,
        comment=comment,
        from_status=since,
        to_status=to,
        reason=grounds.reason,
        explanation=grounds.explanation,
        note=grounds.note,
        initiative=grounds.initiative,
        was_held=grounds.was_held,
        mails=mails,
        at=now,
    )


def _with_what_is_open(
    grounds: Grounds,
    comment: Comment,
    since: Status,
    case: Case | None,
    *,
    by: User | None,
    now: datetime,
) -> Grounds:
    """Return ``grounds`` with what readers and the writer had asked for."""
    if case is not None:
        was_held = case.held_at is not None
        return replace(grounds, initiative=Initiative.NOTICE, was_held=was_held)
    if comment.status == Status.APPROVED and since in REFUSED:
        return replace(grounds, objection=_grant_objection(comment, by=by, now=now))
    if since == Status.PENDING and by and looking.author_asked(comment):
        return replace(grounds, initiative=Initiative.AUTHOR)
    return grounds


def _end(
    case: Case | None, comment: Comment, grounds: Grounds, by: User | None, now: datetime
) -> list[int]:
    """Close ``case`` about ``comment``, if there is one; return the keys of the mails."""
    if case is None:
        return []
    answer, reason = grounds.answer, grounds.reason
    return closing.close(case, comment=comment, by=by, now=now, answer=answer, reason=reason)


def require_moderator(user: User | None) -> None:
    """Raise `PermissionDenied` unless ``user`` may decide; ``None`` is the software itself."""
    if user is not None and not user.has_perm(MODERATE):
        raise PermissionDenied


def _grant_objection(comment: Comment, *, by: User | None, now: datetime) -> Objection | None:
    """Close the objection about ``comment``, if one is open: it is placed after all.

    Return what is granted at this moment, be it by this or by `objections.grant`.
    """
    granted, about = Objection.Outcome.GRANTED, Objection.objects.filter(comment_id=comment.pk)
    about.filter(closed_at__isnull=True).update(closed_at=now, outcome=granted, decided_by=by)
    return about.filter(closed_at=now, outcome=granted).first()
