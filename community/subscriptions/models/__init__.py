"""Who gets digests, how often, and the consent that they gave."""

from community.subscriptions.models.agreements import TERMS, Agreement, _everything
from community.subscriptions.models.choices import EVERYTHING, Choice
from community.subscriptions.models.subscriptions import (
    DUTCH_TIME,
    USUAL_HOUR,
    Subscription,
    SubscriptionQuerySet,
)

__all__ = [
    "DUTCH_TIME",
    "EVERYTHING",
    "TERMS",
    "USUAL_HOUR",
    "Agreement",
    "Choice",
    "Subscription",
    "SubscriptionQuerySet",
    "_everything",  # migration 0004 names it
]
