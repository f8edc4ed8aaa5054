"""The signed links by which an address speaks for itself.

A token holds the subscription's public id and a signature over it (HMAC with
SHA-256 and ``SECRET_KEY``), salted by purpose, so that a link for one thing
opens nothing else. Links in old mails outlive a change of the key as long as
the old one stands in ``SECRET_KEY_FALLBACKS``.
"""

import uuid
from datetime import timedelta
from functools import lru_cache

from django.conf import settings
from django.core import signing

CONFIRM = "subscriptions.confirm"
UNSUBSCRIBE = "subscriptions.unsubscribe"
PREFERENCES = "subscriptions.preferences"

_SEPARATOR = "."


class BadToken(ValueError):
    """A link that is not ours, or that is for something else."""


class Expired(BadToken):
    """A link of ours that is too old."""


def make(purpose: str, public_id: uuid.UUID) -> str:
    """Return a token for ``purpose``, fit for an address and for ever valid by itself."""
    return _signer(purpose).sign(public_id.hex)


def read(purpose: str, token: str, *, max_age: timedelta | None = None) -> uuid.UUID:
    """Return the public id of the subscription that ``token`` was made for.

    ``max_age`` is how long the link stays valid; ``None`` means for ever.

    Raises `Expired`, and `BadToken` when the signature or the purpose is wrong.
    """
    try:
        return uuid.UUID(hex=_signer(purpose).unsign(token, max_age=max_age))
    except signing.SignatureExpired as error:
        raise Expired from error
    except (signing.BadSignature, ValueError) as error:
        raise BadToken from error


def _signer(purpose: str) -> signing.TimestampSigner:
    return _made(purpose, settings.SECRET_KEY, tuple(settings.SECRET_KEY_FALLBACKS))


@lru_cache(maxsize=16)
def _made(purpose: str, key: str, former: tuple[str, ...]) -> signing.TimestampSigner:
    """Return a signer, made once: digests need two for each reader."""
    return signing.TimestampSigner(
        key=key, salt=purpose, sep=_SEPARATOR, algorithm="sha256", fallback_keys=list(former)
    )
