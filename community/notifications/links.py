"""Whole addresses for mails about a follow, in its language; signed, and valid by themselves."""

import uuid
from datetime import timedelta

from django.urls import reverse
from django.utils import translation

from community.notifications.models import Follow
from community.subscriptions import tokens
from community.subscriptions.tokens import BadToken, Expired
from core.addresses import absolute

__all__ = ["BadToken", "Expired", "confirm", "read_confirm", "read_stop", "stop"]

CONFIRM = "notifications.confirm"
STOP = "notifications.stop"
CONFIRM_WITHIN = timedelta(days=7)


def confirm(follow: Follow) -> str:
    """Return the address that shows a button, and that begins the follow by POST."""
    return _link("notifications:confirm", CONFIRM, follow)


def stop(follow: Follow) -> str:
    """Return the address that shows a button, and that ends the follow by POST; for ever."""
    return _link("notifications:stop", STOP, follow)


def read_confirm(token: str) -> uuid.UUID:
    """Return the public id of the follow to begin; raises `Expired` and `BadToken`."""
    return tokens.read(CONFIRM, token, max_age=CONFIRM_WITHIN)


def read_stop(token: str) -> uuid.UUID:
    """Return the public id of the follow to end, however old the link; raises `BadToken`."""
    return tokens.read(STOP, token)


def _link(name: str, purpose: str, follow: Follow) -> str:
    token = tokens.make(purpose, follow.public_id)
    with translation.override(follow.language):
        return absolute(reverse(name, args=[token]))
