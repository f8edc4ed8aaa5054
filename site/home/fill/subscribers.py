"""Confirmed subscriptions in bulk."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from community.digests import periods
from community.subscriptions import consent
from community.subscriptions.models import EVERYTHING, Choice, Subscription

CHUNK = 1000
DAILY_EVERY = 5  # one in so many subscribers wants a digest every day


def add(count: int) -> Iterator[Subscription]:
    """Add ``count`` subscriptions to everything, due at their next eight o'clock."""
    for start in range(0, count, CHUNK):
        numbers = range(start, min(start + CHUNK, count))
        made = Subscription.objects.bulk_create([_subscription(number) for number in numbers])
        Choice.objects.bulk_create(Choice(subscription=each, kind=EVERYTHING) for each in made)
        yield from made


def _subscription(number: int) -> Subscription:
    now = timezone.now()
    given = consent.given_on("/abonneren/")
    frequency = "weekly" if number % DAILY_EVERY else "daily"
    return Subscription(
        email=f"abonnee-{uuid4().hex}@example.org",
        language="nl",
        frequency=frequency,
        state=Subscription.State.CONFIRMED,
        consent_text=given.text,
        consent_version=given.version,
        consent_page=given.page,
        requested_at=now - timedelta(days=8),
        confirmed_at=now - timedelta(days=8),
        digested_until=now - timedelta(days=7),
        next_digest_at=periods.next_moment(frequency, after=now),
    )
