"""What Celery asks of this room."""

from celery import shared_task
from django.utils import timezone

from community.moderation import forgetting


@shared_task
def forget_notifiers() -> None:
    """Forget who noticed a comment once that is long decided, and networks; run daily."""
    now = timezone.now()
    forgetting.forget_notifiers(now=now)
    forgetting.forget_networks(now=now)
