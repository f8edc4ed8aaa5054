"""What Celery asks of this room."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from community.moderation import figures, forgetting, learning, reminding

SETTLE = timedelta(minutes=2)


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


@shared_task
def remind() -> None:
    """Mail moderators what waits; run hourly, harmless when several run at once.

    The clock is taken two minutes back, so that what began to wait in a transaction
    that was still open is not passed by (see `community.digests.tasks`).
    """
    reminding.remind_due(now=timezone.now() - SETTLE)


@shared_task
def draft_figures() -> None:
    """Put up the draft with last year's figures, if nobody has; run early in January."""
    now = timezone.now()
    figures.draft_once(timezone.localdate(now).year - 1, now=now)
