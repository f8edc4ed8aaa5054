"""Whole addresses for mails about a subscription, in its language."""

from collections.abc import Iterable
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import translation

from community.subscriptions import tokens
from community.subscriptions.models import Agreement, Subscription
from core.addresses import absolute

WANTED = "wat"  # in a query string: something to tick


def confirm(agreement: Agreement) -> str:
    """Return the address that shows a button, and that confirms this agreement by POST."""
    return _link("subscriptions:confirm", tokens.CONFIRM, agreement)


def unsubscribe(subscription: Subscription) -> str:
    """Return the address that shows a button, and that ends the subscription by POST."""
    return _link("subscriptions:unsubscribe", tokens.UNSUBSCRIBE, subscription)


def preferences(subscription: Subscription, *, wanted: Iterable[str] = ()) -> str:
    """Return the address where the reader changes what the subscription is about, and more.

    ``wanted`` are values of `offers` that are ticked there for the reader to save.
    """
    link = _link("subscriptions:preferences", tokens.PREFERENCES, subscription)
    query = urlencode([(WANTED, value) for value in wanted])
    return f"{link}?{query}" if query else link


def _link(name: str, purpose: str, of: Agreement | Subscription) -> str:
    token = tokens.make(purpose, of.public_id)
    with translation.override(of.language):
        return absolute(reverse(name, args=[token]))
