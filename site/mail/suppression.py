"""Addresses that get no mail at all."""

from collections.abc import Iterable

from django.conf import settings
from django.db.models import QuerySet
from django.utils.crypto import salted_hmac

from mail.addresses import masked, normalise
from mail.models import Suppression

_SALT = "mail.suppression"


def suppress(address: str, reason: Suppression.Reason, *, note: str = "") -> Suppression:
    """Send nothing to ``address`` from now on; the first reason stays.

    ``note`` is what an editor wants to remember, on one line.
    """
    row, _ = Suppression.objects.get_or_create(
        email_hash=_hash(address, settings.SECRET_KEY),
        defaults={"reason": reason, "hint": masked(address)[:120], "note": note},
    )
    return row


def find(address: str) -> QuerySet[Suppression]:
    """Return the row of ``address``, if it is suppressed."""
    return Suppression.objects.filter(email_hash__in=_hashes(address))


def is_suppressed(address: str) -> bool:
    """Return whether ``address`` may get no mail; one query."""
    return find(address).exists()


def among(addresses: Iterable[str]) -> set[str]:
    """Return those of ``addresses`` that may get no mail; one query."""
    hashes = {address: set(_hashes(address)) for address in addresses}
    asked = set().union(*hashes.values())
    rows = Suppression.objects.filter(email_hash__in=asked)
    found = set(rows.values_list("email_hash", flat=True))
    return {address for address, own in hashes.items() if own & found}


def release(address: str) -> bool:
    """Let ``address`` have mail again; return whether it was suppressed."""
    deleted, _ = find(address).delete()
    return bool(deleted)


def _hashes(address: str) -> Iterable[str]:
    """One for each key still in use, so that a new SECRET_KEY forgets nobody."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return [_hash(address, key) for key in keys]


def _hash(address: str, key: str | bytes) -> str:
    return salted_hmac(_SALT, normalise(address), secret=key, algorithm="sha256").hexdigest()
