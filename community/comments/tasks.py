"""What Celery asks of this room."""

from celery import shared_task
from django.utils import timezone

from community.comments import confirming, devices, housekeeping
from community.comments.spam import training


@shared_task
def purge() -> None:
    """Delete what was never confirmed and old spam, forget networks and devices; run daily."""
    now = timezone.now()
    housekeeping.purge_unconfirmed(now=now)
    housekeeping.purge_spam(now=now)
    training.forget_lessons(now=now)
    housekeeping.forget_networks(now=now)
    devices.purge(now=now)


@shared_task
def ask_waiting() -> None:
    """Mail the links that could not be mailed before; run hourly."""
    confirming.ask_waiting(now=timezone.now())
