"""What a writer hears of a decision: a statement of reasons (Digital Services Act, article 17)."""

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from community.comments import mails as about_comments
from community.comments.models import Comment
from community.moderation import log
from community.moderation.models import Act
from community.notifications import decisions as mails
from mail import outbox
from mail.models import Message

if TYPE_CHECKING:
    from community.moderation.decisions import Grounds

Status = Comment.Status

# A refusal leaves a little later, so that a slip of the finger can be undone unseen.
SECOND_THOUGHTS = timedelta(seconds=20)


def tell(comment: Comment, since: str, grounds: "Grounds") -> list[int]:
    """Mail the writer of ``comment``, in the caller's transaction; return the messages' keys.

    Nobody is mailed whose address is not proven, and nobody twice about one refusal.
    """
    message = _mail(comment, since, grounds)
    return [message.pk] if message else []


def take_back(comment: Comment, act: Act) -> bool:
    """Stop the mails about ``act`` that have not left; return whether one to the writer has.

    Those of many approvals at once are known by what they are about alone.
    """
    outbox.withdraw(act.mails)
    outbox.cancel(kind=mails.APPROVED, about=about_comments.about(comment))
    theirs = Q(pk__in=act.mails) | Q(kind=mails.APPROVED, created_at__gte=act.at)
    told = Message.objects.filter(theirs, about=about_comments.about(comment))
    return told.exclude(state=Message.State.CANCELLED).exists()


def tell_undone(comment: Comment) -> list[int]:
    """Mail the writer how ``comment`` stands now that a decision is taken back; return the keys."""
    message = mails.tell_undone(comment)
    return [message.pk] if message else []


def _mail(comment: Comment, since: str, grounds: "Grounds") -> Message | None:
    if comment.status == Status.APPROVED:
        return _mail_approved(comment, grounds)
    if comment.status == Status.PENDING:
        by_readers = grounds.initiative == Act.Initiative.NOTICE
        was_placed = since == Status.APPROVED
        return mails.tell_held(comment, by_readers=by_readers) if was_placed else None
    if comment.status == Status.SPAM and since == Status.REJECTED:
        return None
    due_at = timezone.now() + SECOND_THOUGHTS
    return mails.tell_refused(comment, _refusal(comment, since, grounds), due_at=due_at)


def _mail_approved(comment: Comment, grounds: "Grounds") -> Message | None:
    if grounds.objection is None:
        return mails.tell_approved(comment)
    granted = mails.Granted(answer=grounds.objection.answer)
    return mails.tell_approved(comment, granted=granted, language=grounds.objection.language)


def _refusal(comment: Comment, since: str, grounds: "Grounds") -> mails.Refusal:
    language, reason = comment.language, grounds.reason
    return mails.Refusal(
        reason=reason.name_in(language) if reason else "",
        text=reason.text_in(language) if reason else "",
        explanation=grounds.explanation,
        was_placed=since == Status.APPROVED,
        initiative=grounds.initiative,
        was_flagged=grounds.was_held or log.was_flagged(comment),
    )
