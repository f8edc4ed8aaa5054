"""What is not kept: comments that were never confirmed, and from which network one came."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from community.comments import states
from community.comments.models import Comment

UNCONFIRMED_KEPT_FOR = timedelta(days=7)
NETWORKS_KEPT_FOR = timedelta(days=2)


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


def _unconfirmed(now: datetime) -> QuerySet[Comment]:
    old = Comment.objects.filter(
        status=Comment.Status.UNCONFIRMED, submit_date__lt=now - UNCONFIRMED_KEPT_FOR
    )
    return old.exclude(confirmation__expires_at__gt=now)
