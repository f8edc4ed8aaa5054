"""What Celery asks of this room."""

from celery import shared_task
from django.utils import timezone

from community.notifications import announcing, collecting, following, recalling


@shared_task
def announce() -> None:
    """Tell readers of what was approved; run every few seconds, harmless when several run."""
    now = timezone.now()
    announcing.announce_all(now=now)
    collecting.collect_due(now=now)


@shared_task
def purge() -> None:
    """Forget wishes that nobody confirmed, what old mails held, and old news; run daily."""
    now = timezone.now()
    following.purge_unconfirmed(now=now)
    recalling.purge(now=now)
