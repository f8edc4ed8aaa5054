"""What Celery asks of this room."""

from celery import shared_task
from django.utils import timezone

from community.notifications import announcing, following


@shared_task
def announce() -> None:
    """Tell followers of what was approved; run every few seconds, harmless when several run."""
    announcing.announce_all(now=timezone.now())


@shared_task
def purge() -> None:
    """Forget wishes to follow that nobody confirmed; run daily."""
    following.purge_unconfirmed(now=timezone.now())
