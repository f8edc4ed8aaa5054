"""A writer disagrees: an editor looks again."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from community.comments import states
from community.comments.models import Comment
from community.moderation.models import Act, Objection
from community.notifications import objections as mails

Status = Comment.Status

# What can be objected to: what a writer was refused, under whatever name we keep it.
REFUSED = {Status.REJECTED, Status.SPAM, Status.REMOVED}


class NothingToObjectTo(Exception):
    """The comment is not refused, or no longer."""


def opened() -> QuerySet[Objection]:
    """Return the objections that wait for an editor, longest waiting first."""
    waiting = Objection.objects.filter(closed_at__isnull=True, comment__status__in=REFUSED)
    return waiting.order_by("at", "pk")


def open_about(comment: Comment) -> Objection | None:
    """Return the objection to the refusal of ``comment`` that waits, if there is one."""
    if comment.status not in REFUSED:
        return None
    return Objection.objects.filter(comment_id=comment.pk, closed_at__isnull=True).first()


def refusal(comment: Comment) -> Act | None:
    """Return the decision by which ``comment`` came to be refused, if a person took one."""
    return comment.acts.filter(to_status=comment.status).first()


@transaction.atomic
def object_to(comment: Comment, *, text: str, language: str, now: datetime) -> Objection:
    """Store what the writer says against the refusal of ``comment``, and mail a receipt.

    While one objection waits, a further one changes nothing; it returns the first.

    Raises `NothingToObjectTo`.
    """
    if states.hold(comment) not in REFUSED:
        raise NothingToObjectTo(comment.public_id)
    objection, is_new = Objection.objects.get_or_create(
        comment_id=comment.pk,
        closed_at=None,
        defaults={"text": text, "language": language, "at": now},
    )
    if is_new:
        mails.tell_received(comment, language=language)
    return objection


def close(comment: Comment, *, now: datetime) -> None:
    """Close the objection about ``comment``, if one is open: an editor placed it after all."""
    waiting = Objection.objects.filter(comment_id=comment.pk, closed_at__isnull=True)
    waiting.update(closed_at=now)


def forget(comment: Comment) -> None:
    """Delete what the writer of ``comment`` said against its refusal."""
    Objection.objects.filter(comment_id=comment.pk).delete()
