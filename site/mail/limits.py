"""How much mail strangers may make us send.

Anyone can type anyone's address into a form. What a form sends to an address
that nobody has proven to own is therefore counted: per address, so that a
person is not flooded, and in all, so that this site is no cannon. Digests and
news about somebody's own comment are not counted; those were asked for.
"""

from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac

from mail.addresses import normalise
from mail.models import Message, MessageQuerySet

PER_ADDRESS = 3
PER_ADDRESS_IN = timedelta(hours=24)
PER_NETWORK = 5
PER_NETWORK_IN = timedelta(minutes=10)
IN_ALL = 1000
IN_ALL_IN = timedelta(hours=1)

# The last word of the kinds that forms send: "comments.confirm", "subscriptions.already".
FORM_KINDS = ("confirm", "already", "code", "reset", "unknown", "receipt")


def allowed(to: str, *, network_key: str = "", now: datetime | None = None) -> bool:
    """Return whether a form may make us mail ``to`` at all; see `when`."""
    return when(to, network_key=network_key, now=now) is not None


def when(
    to: str,
    *,
    network_key: str = "",
    now: datetime | None = None,
    per_address: int = PER_ADDRESS,
) -> datetime | None:
    """Return from when a form's mail for ``to`` may leave; ``None`` if it may not be written.

    ``network_key`` is where the request comes from (`core.networks`), if that is
    known; give the message the same one. ``per_address`` may be more for someone
    who needs the mail to log in. When forms have made us send `IN_ALL`
    mails within an hour, what comes on top waits for an hour in the outbox.

    Ask it in the transaction that writes the message: on PostgreSQL it then
    makes others who ask about the same address wait for that transaction, so
    that fifty requests at once are counted like fifty in a row. (SQLite's
    IMMEDIATE transactions do that by themselves.) Two cheap queries.
    """
    now = now or timezone.now()
    address = normalise(to)
    _wait_for_turn(address)
    if _has_had_its_share(address, network_key, now, per_address):
        return None
    sent = _by_forms().filter(created_at__gt=now - IN_ALL_IN)[:IN_ALL].count()
    return now if sent < IN_ALL else now + IN_ALL_IN


def _has_had_its_share(address: str, network_key: str, now: datetime, per_address: int) -> bool:
    """Look at no more rows than it takes: either bound is passed within their sum."""
    to_address = Q(lowered=address, created_at__gt=now - PER_ADDRESS_IN)
    from_network = Q(network_key=network_key, created_at__gt=now - PER_NETWORK_IN)
    which = to_address | (from_network if network_key else Q())
    recent = _by_forms().alias(lowered=Lower("to")).filter(which)
    rows = list(recent.values_list("to", "network_key", "created_at")[: per_address + PER_NETWORK])
    for_address = [row for row in rows if normalise(row[0]) == address]
    near = [row for row in rows if row[1] == network_key and row[2] > now - PER_NETWORK_IN]
    too_many_near = bool(network_key) and len(near) >= PER_NETWORK
    return len(for_address) >= per_address or too_many_near


def _by_forms() -> MessageQuerySet:
    kinds = Q()
    for word in FORM_KINDS:
        kinds |= Q(kind__endswith=f".{word}")
    return Message.objects.filter(kinds).order_by()


def _wait_for_turn(address: str) -> None:
    if connection.vendor != "postgresql":
        return
    digest = salted_hmac("mail.limits", address, algorithm="sha256").digest()
    with connection.cursor() as cursor:
        lock = int.from_bytes(digest[:8], "big", signed=True)
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [lock])
