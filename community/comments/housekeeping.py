"""What is not kept: comments that were never confirmed, and from which network one came."""

from datetime import datetime, timedelta

from community.comments.models import Comment

UNCONFIRMED_KEPT_FOR = timedelta(days=7)


NETWORKS_KEPT_FOR = timedelta(days=2)


def forget_networks(*, now: datetime) -> int:
    """Wipe from which network older comments came; return how many. Run daily."""
    known = Comment.objects.exclude(network_key="")
    return known.filter(submit_date__lt=now - NETWORKS_KEPT_FOR).update(network_key="")


def purge_unconfirmed(*, now: datetime) -> int:
    """Delete comments that were not confirmed within a week; return how many."""
    old = Comment.objects.filter(
        status=Comment.Status.UNCONFIRMED, submit_date__lt=now - UNCONFIRMED_KEPT_FOR
    )
    return old.delete()[1].get("comments.Comment", 0)
