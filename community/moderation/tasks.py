"""What Celery asks of this room."""

from celery import shared_task
from django.utils import timezone

from community.moderation import forgetting, learning


@shared_task
def learn_spam() -> None:
    """Let the spam filter learn from what editors decided; run nightly, before spam is purged."""
    learning.learn(now=timezone.now())


@shared_task
def forget_notifiers() -> None:
    """Forget who noticed a comment once that is long decided, and networks; run daily."""
    now = timezone.now()
    forgetting.forget_notifiers(now=now)
    forgetting.forget_networks(now=now)
