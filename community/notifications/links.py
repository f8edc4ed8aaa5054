"""Whole addresses for mails about a wish, in its language; signed, and valid by themselves."""

import uuid
from collections.abc import Iterable
from datetime import timedelta

from django.core import signing
from django.urls import reverse
from django.utils import translation

from community.notifications import silences
from community.notifications.models import Follow, News
from community.subscriptions import tokens
from community.subscriptions.tokens import BadToken, Expired
from core.addresses import absolute
from mail import composing

__all__ = [
    "BadToken",
    "Expired",
    "confirm",
    "headers",
    "read_confirm",
    "read_stop",
    "read_stop_all",
    "stop",
    "stop_all",
    "stop_because_of",
    "switch_off",
]

CONFIRM = "notifications.confirm"
STOP = "notifications.stop"
STOP_ALL = "notifications.stop_all"
CONFIRM_WITHIN = timedelta(days=7)

_BETWEEN = "~"  # of the wishes in one link


def confirm(follow: Follow) -> str:
    """Return the address that shows a button, and that begins the follow by POST."""
    return _link("notifications:confirm", tokens.make(CONFIRM, follow.public_id), follow.language)


def stop(follow: Follow) -> str:
    """Return the address that shows a button, and that ends the follow by POST; for ever."""
    return _link("notifications:stop", tokens.make(STOP, follow.public_id), follow.language)


def switch_off(wish: str, language: str) -> str:
    """Return the address that shows a button, and that switches a kind off by POST; for ever.

    ``wish`` is what `silences.wish` gives.
    """
    return _link("notifications:stop_all", _signer().sign(wish), language)


def stop_because_of(news: News) -> str:
    """Return the address that ends what ``news`` is told for."""
    return stop(news.follow) if news.follow else switch_off(_wish(news), news.language)


def stop_all(some: Iterable[News]) -> str:
    """Return the address that ends all that ``some`` news of one reader is told for."""
    some = list(some)
    wishes = dict.fromkeys(_wish(news) for news in some)
    return switch_off(_BETWEEN.join(wishes), some[0].language)


def headers(stop_link: str) -> dict[str, str]:
    """Return the headers by which mail programs put notifications together and stop them."""
    return {
        "List-Id": f"<comments.{composing.host()}>",
        "List-Unsubscribe": f"<{stop_link}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",  # RFC 8058
        "Precedence": "bulk",
    }


def read_confirm(token: str) -> uuid.UUID:
    """Return the public id of the follow to begin; raises `Expired` and `BadToken`."""
    return tokens.read(CONFIRM, token, max_age=CONFIRM_WITHIN)


def read_stop(token: str) -> uuid.UUID:
    """Return the public id of the follow to end, however old the link; raises `BadToken`."""
    return tokens.read(STOP, token)


def read_stop_all(token: str) -> list[str]:
    """Return the wishes to end, however old the link; raises `BadToken`.

    Each is the hexadecimal public id of a follow, or what `silences.wish` gave.
    """
    try:
        return _signer().unsign(token).split(_BETWEEN)
    except signing.BadSignature as error:
        raise BadToken from error


def _wish(news: News) -> str:
    return news.follow.public_id.hex if news.follow else silences.wish(news.kind, user=news.user)


def _link(name: str, token: str, language: str) -> str:
    with translation.override(language):
        return absolute(reverse(name, args=[token]))


def _signer() -> signing.Signer:
    return signing.Signer(salt=STOP_ALL, sep=".", algorithm="sha256")
