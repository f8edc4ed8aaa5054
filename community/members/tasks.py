"""What Celery asks of this room."""

from celery import shared_task
from django.utils import timezone

from community.members import housekeeping


@shared_task
def purge() -> None:
    """Delete accounts that nobody confirmed, and sessions that have ended; run daily."""
    now = timezone.now()
    housekeeping.purge_unproven(now=now)
    housekeeping.purge_sessions(now=now)
