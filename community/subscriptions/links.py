"""Whole addresses for mails about a subscription, in its language."""

import uuid
from collections.abc import Iterable
from functools import lru_cache
from typing import Protocol
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from community.subscriptions import tokens
from community.subscriptions.models import Agreement
from core.addresses import absolute

_PLACE = "0.token.0"  # of a token in an address, as a real one looks
WANTED = "wat"  # in a query string: something to tick


class Addressed(Protocol):
    """What a link is made of: a subscription, an agreement, or a row about one."""

    @property
    def public_id(self) -> uuid.UUID: ...
    @property
    def language(self) -> str: ...


def confirm(agreement: Agreement) -> str:
    """Return the address that shows a button, and that confirms this agreement by POST."""
    return _link("subscriptions:confirm", tokens.CONFIRM, agreement)


def unsubscribe(subscription: Addressed) -> str:
    """Return the address that shows a button, and that ends the subscription by POST."""
    return _link("subscriptions:unsubscribe", tokens.UNSUBSCRIBE, subscription)


def preferences(subscription: Addressed, *, wanted: Iterable[str] = ()) -> str:
    """Return the address where the reader changes what the subscription is about, and more.

    ``wanted`` are values of `offers` that are ticked there for the reader to save.
    """
    link = _link("subscriptions:preferences", tokens.PREFERENCES, subscription)
    query = urlencode([(WANTED, value) for value in wanted])
    return f"{link}?{query}" if query else link


def _link(name: str, purpose: str, of: Addressed) -> str:
    token = tokens.make(purpose, of.public_id)
    return _address(name, of.language, settings.BASE_URL).replace(_PLACE, token)


@lru_cache(maxsize=64)
def _address(name: str, language: str, _base: str) -> str:
    """Return the address of ``name`` for any token: to look it up takes longer than to sign one."""
    with translation.override(language):
        return absolute(reverse(name, args=[_PLACE]))
