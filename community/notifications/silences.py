"""Switching kinds of notifications off and on."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.crypto import salted_hmac

from community.notifications import recalling
from community.notifications.models import Kind, News, Silence
from mail.addresses import normalise
from users.models import User

SALT = "community.notifications.silences"
KEY_LENGTH = 32


def has(kind: str, *, user: User | None = None, address: str = "") -> bool:
    """Return whether a member, or else an address, has switched ``kind`` off; one query."""
    return Silence.objects.filter(_whose(user, address), kind=kind).exists()


def chosen_by(user: User) -> set[str]:
    """Return the kinds that ``user`` has switched off; one query."""
    return set(Silence.objects.filter(user=user).values_list("kind", flat=True))


@transaction.atomic
def choose(user: User, *, silent: Iterable[str], now: datetime) -> None:
    """Switch the kinds ``silent`` off for ``user``, and all others on."""
    silent = set(silent)
    Silence.objects.filter(user=user).exclude(kind__in=silent).delete()
    for kind in Kind:
        if kind in silent:
            begin(kind, user=user, now=now)


@transaction.atomic
def begin(kind: str, *, user: User | None = None, address_key: str = "", now: datetime) -> None:
    """Switch ``kind`` off for a member or an address, and drop what waits; twice is harmless."""
    silence = Silence(user=user, address_key=address_key, kind=kind, since=now)
    Silence.objects.bulk_create([silence], ignore_conflicts=True)
    if user is not None:
        News.objects.waiting().filter(user=user, kind=kind).delete()
        recalling.recall_because_of(wish(kind, user=user), user.email)


def wish(kind: str, *, user: User | None = None, address: str = "") -> str:
    """Return the words by which a link says that a member, or else an address, is meant."""
    whose = f"u{user.pk}" if user else f"a{_key(address, settings.SECRET_KEY)}"
    return f"{kind}-{whose}"


def read(words: str) -> Silence | None:
    """Return the unsaved silence that a `wish` asks for; ``None`` if nobody asks any more."""
    kind, _, whose = words.partition("-")
    if kind not in Kind:
        return None
    if whose.startswith("a"):
        return Silence(kind=kind, address_key=whose[1:])
    user = User.objects.filter(pk=whose[1:], is_active=True).first()
    return Silence(kind=kind, user=user) if user else None


def _whose(user: User | None, address: str) -> Q:
    if user is not None:
        return Q(user=user)
    # One for each key still in use, so that a new SECRET_KEY forgets nobody.
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return Q(address_key__in=[_key(address, key) for key in keys])


def _key(address: str, key: str | bytes) -> str:
    words = salted_hmac(SALT, normalise(address), secret=key, algorithm="sha256")
    return words.hexdigest()[:KEY_LENGTH]
