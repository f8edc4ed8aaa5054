"""What Celery asks of this room."""

from celery import shared_task
from django.utils import timezone

from community.moderation import learning


@shared_task
def learn_spam() -> None:
    """Let the spam filter learn from what editors decided; run nightly, before spam is purged."""
    learning.learn(now=timezone.now())
