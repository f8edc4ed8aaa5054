"""Whole addresses for mails about a subscription, in its language."""

from django.urls import reverse
from django.utils import translation

from community.subscriptions import tokens
from community.subscriptions.models import Subscription
from core.addresses import absolute


def confirm(subscription: Subscription) -> str:
    return _link("subscriptions:confirm", tokens.CONFIRM, subscription)


def unsubscribe(subscription: Subscription) -> str:
    """Return the address that shows a button, and that ends the subscription by POST."""
    return _link("subscriptions:unsubscribe", tokens.UNSUBSCRIBE, subscription)


def _link(name: str, purpose: str, subscription: Subscription) -> str:
    token = tokens.make(purpose, subscription.public_id)
    with translation.override(subscription.language):
        return absolute(reverse(name, args=[token]))
