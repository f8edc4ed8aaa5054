"""What Celery asks of this room."""

from celery import shared_task
from django.utils import timezone

from community.subscriptions import housekeeping


@shared_task
def purge() -> None:
    """Forget requests for digests that nobody confirmed; run daily."""
    housekeeping.purge_unconfirmed(now=timezone.now())
