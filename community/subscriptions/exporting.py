"""What we keep about a subscription, as plain data (GDPR, article 15 and 20)."""

from typing import Any

from community.subscriptions import offers, selections
from community.subscriptions.models import TERMS, Agreement, Subscription
from community.subscriptions.selections import Selection

WHEN = ("frequency", "weekday", "hour", "time_zone", "paused_until", "digested_until")
MOMENTS = ("requested_at", "confirmed_at", "ended_at")
CONSENT = ("consent_text", "consent_version", "consent_page")


def of(subscription: Subscription) -> dict[str, Any]:
    """Return ``subscription``, its choices and its agreements. Moments are in UTC, by ISO 8601."""
    fields = ("email", "language", "state", *WHEN, *MOMENTS, *CONSENT)
    return {
        **{name: getattr(subscription, name) for name in fields},
        "choices": _choices(selections.of(subscription)),
        "agreements": [_agreement(it) for it in subscription.agreements.order_by("pk")],
    }


def _agreement(agreement: Agreement) -> dict[str, Any]:
    fields = (*TERMS, "confirmed_at", "ended_at")
    choices = _choices(Selection.of(agreement.choices))
    return {**{name: getattr(agreement, name) for name in fields}, "choices": choices}


def _choices(chosen: Selection) -> list[dict[str, str]]:
    """Name what was chosen; what is gone has no name any more."""
    names = {(offer.kind, offer.key): offer.name for offer in offers.that_exist(chosen)}
    return [
        {"kind": kind, "key": key, "name": names.get((kind, key), "")}
        for kind, key in sorted(chosen.choices)
    ]
