"""What is not kept: comments never confirmed, old spam, and from which network one came."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models.functions import Coalesce

from community.comments import deleting, states
from community.comments.models import Comment
from community.comments.models.comments import CommentQuerySet
from community.comments.spam import training

Status = Comment.Status

UNCONFIRMED_KEPT_FOR = timedelta(days=7)
NETWORKS_KEPT_FOR = timedelta(days=2)
SPAM_KEPT_FOR = timedelta(days=30)


def forget_networks(*, now: datetime) -> int:
    """Wipe from which network older comments came; return how many. Run daily."""
    known = Comment.objects.exclude(network_key="")
    return known.filter(submit_date__lt=now - NETWORKS_KEPT_FOR).update(network_key="")


def purge_unconfirmed(*, now: datetime) -> int:
    """Delete comments that nobody confirmed within a week; return how many.

    One that was mailed a fresh link stays as long as that link works. One transaction
    a comment: whoever confirms meanwhile is first, or too late, and loses nothing unseen.
    """
    return sum(_purge(comment, now) for comment in list(_unconfirmed(now).order_by("pk")))


@transaction.atomic
def _purge(comment: Comment, now: datetime) -> bool:
    states.hold(comment)
    still = _unconfirmed(now).filter(pk=comment.pk)
    return still.delete()[1].get("comments.Comment", 0) > 0


def _unconfirmed(now: datetime) -> CommentQuerySet:
    old = Comment.objects.filter(
        status=Status.UNCONFIRMED, submit_date__lt=now - UNCONFIRMED_KEPT_FOR
    )
    return old.exclude(confirmation__expires_at__gt=now)


def purge_spam(*, now: datetime) -> int:
    """Delete what was taken for spam thirty days ago; return how many.

    What an editor took for spam leaves a lesson behind (`training.keep_lesson`). One
    transaction a comment.
    """
    keys = _old_spam(now).order_by("pk").values_list("pk", flat=True)
    return sum(_purge_spam(pk, now) for pk in list(keys))


def _old_spam(now: datetime) -> CommentQuerySet:
    """What software took for spam was never decided about: its days count from when it was sent."""
    since = Coalesce("decided_at", "submit_date")
    spam = Comment.objects.filter(status=Status.SPAM).annotate(spam_since=since)
    return spam.filter(spam_since__lt=now - SPAM_KEPT_FOR)


@transaction.atomic
def _purge_spam(pk: int, now: datetime) -> bool:
    found = _old_spam(now).filter(pk=pk).first()
    if found is None or states.hold(found) != Status.SPAM:  # an editor was faster
        return False
    comment = Comment.objects.get(pk=pk)
    if comment.decided_at is not None:
        training.keep_lesson(comment)
    if _is_answered(comment):
        states.change(comment, to=Status.REMOVED, now=now)
        deleting.wipe(comment)
    else:
        comment.delete()
    return True


def _is_answered(comment: Comment) -> bool:
    """Return whether something stands below ``comment``, so that its place is kept."""
    below = Comment.objects.filter(path__startswith=comment.path)
    return below.exclude(pk=comment.pk).exists()
