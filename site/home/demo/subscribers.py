"""Readers with a subscription to the digest."""

from datetime import timedelta

from django.utils import translation

from community.digests import periods
from community.subscriptions import choosing, consent
from community.subscriptions.models import Subscription
from community.subscriptions.selections import EVERYTHING
from community.subscriptions.subscriptions import PERIODS
from home.demo.moments import Clock
from home.demo.people import read

State = Subscription.State


def add_all(clock: Clock) -> None:
    """Make a subscription for each reader; those that run are due at their next eight o'clock."""
    for facts in read("subscribers")["subscriber"]:
        subscription, is_new = Subscription.objects.get_or_create(
            email=facts.pop("email"), defaults=_fields(clock, **facts)
        )
        if is_new and subscription.state == State.CONFIRMED:
            choosing.choose(subscription, EVERYTHING)


def _fields(
    clock: Clock,
    *,
    frequency: str,
    language: str = "nl",
    requested_days: int = 0,
    confirmed_days: int = 0,
    ended_days: int = 0,
) -> dict:
    with translation.override(language):
        given = consent.given_on("/abonneren/")
    requested_at = clock.ago(days=requested_days or confirmed_days)
    fields: dict[str, object] = {
        "frequency": frequency,
        "language": language,
        "state": State.PENDING,
        "consent_text": given.text,
        "consent_version": given.version,
        "consent_page": given.page,
        "requested_at": requested_at,
    }
    if confirmed_days:
        confirmed_at = requested_at + timedelta(minutes=7)
        fields |= {"state": State.CONFIRMED, "confirmed_at": confirmed_at} | _next(frequency, clock)
    if ended_days:
        ended_at = clock.ago(days=ended_days)
        fields |= {"state": State.ENDED, "ended_at": ended_at, "next_digest_at": None}
    return fields


def _next(frequency: str, clock: Clock) -> dict:
    return {
        "digested_until": clock.now - PERIODS[Subscription.Frequency(frequency)],
        "next_digest_at": periods.next_moment(frequency, after=clock.now),
    }
