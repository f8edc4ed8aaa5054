"""What should have left by mail and has not: the longest wait of the outbox and of the digests."""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from community.subscriptions.models import Subscription
from mail.models import Message

TOO_LATE = timedelta(hours=1)


def oldest_due_mail(now: datetime) -> int:
    """Return for how many seconds the oldest due mail has been waiting; 0 when none is."""
    return _longest(Message.objects.due(now), "due_at", now)


def oldest_due_digest(now: datetime) -> int:
    """Return for how many seconds a digest could have been written; 0 when none is due.

    Beat asks for them each hour: what is older was missed.
    """
    return _longest(Subscription.objects.due(now), "next_digest_at", now)


def is_late(seconds: int) -> bool:
    return seconds > TOO_LATE.total_seconds()


def _longest(due: QuerySet, moment: str, now: datetime) -> int:
    oldest = due.order_by(moment).values_list(moment, flat=True).first()
    return int((now - oldest).total_seconds()) if oldest else 0
