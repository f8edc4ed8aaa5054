"""How much mail strangers may make us send.

Anyone can type anyone's address into a form. What a form sends to an address
that nobody has proven to own is therefore counted: per address, so that a
person is not flooded, and in all, so that this site is no cannon. Digests and
news about somebody's own comment are not counted; those were asked for.

In all, ``FORM_MAILS_PER_HOUR`` leave in any hour. What comes on top is not refused
but held: it gets a moment of its own, in the order in which it came, and the rest
of a day if need be. It is counted once more as it leaves, for a mail server that
was away has a pile of others waiting.

Mails that let in who has proven the address stand in a queue of their own, which is
as long: else strangers with many networks and invented addresses could keep everybody
from logging in. A stranger fills that one with the addresses of members alone, and
each of those gets its share and no more.
"""

import random
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from core import locks, networks
from mail.addresses import normalise
from mail.models import BY_FORMS, Message, MessageQuerySet

PER_ADDRESS = 3
PER_ADDRESS_IN = timedelta(hours=24)
PER_NETWORK = 5
PER_AROUND = 20  # by all networks around one (`core.networks`) together
PER_NETWORK_IN = timedelta(minutes=10)
HOUR = timedelta(hours=1)

State = Message.State


def allowed(to: str, *, network_key: str = "", now: datetime | None = None) -> bool:
    """Return whether a form may make us mail ``to`` at all; see `when`."""
    return when(to, network_key=network_key, now=now) is not None


def when(
    to: str,
    *,
    network_key: str = "",
    now: datetime | None = None,
    per_address: int = PER_ADDRESS,
    lets_in: bool = False,
) -> datetime | None:
    """Return from when a form's mail for ``to`` may leave; ``None`` if it may not be written.

    ``network_key`` is where the request comes from (`core.networks`), if that is
    known; give the message the same one. ``per_address`` may be more for someone
    whom we know. ``lets_in`` is for who has proven the address and needs the mail to log
    in: then only such mails are counted. Give the message that, too. Who asks for both
    queues asks for that one last.

    Ask it in the transaction that writes the message: on PostgreSQL it then
    makes others who ask about the same address or from the same network wait for
    that transaction, so that fifty requests at once are counted like fifty in a
    row. (SQLite's IMMEDIATE transactions do that by themselves.) Two cheap queries.
    """
    now = now or timezone.now()
    address = normalise(to)
    whose = [f"address:{address}"]
    if network_key:
        whose.append(f"network:{networks.around(network_key)}")
    locks.wait_for(f"mail.limits:{name}" for name in whose)
    if _has_had_its_share(address, network_key, now, per_address, lets_in=lets_in):
        return None
    return _turn(now, lets_in=lets_in)


def held_until(message: Message, *, now: datetime) -> datetime | None:
    """Return until when ``message``, which is due, has to wait still; ``None`` if it may leave.

    Those that wait for the same hour to pass get different moments in the next one.
    """
    if not message.is_by_form:
        return None
    queue = _queue(lets_in=message.lets_in)
    left = queue.filter(state=State.SENT, due_at__gt=now - HOUR).order_by("-due_at")
    most = settings.FORM_MAILS_PER_HOUR
    earliest = list(left.values_list("due_at", flat=True)[most - 1 : most])
    return earliest[0] + HOUR * (1 + random.random()) if earliest else None  # noqa: S311


def _turn(now: datetime, *, lets_in: bool) -> datetime:
    """Return when the next form's mail may leave: now, or an hour after the one so many before it.

    Nobody's turn comes sooner after the last than the hour has room for, so that what
    was held does not leave all at once. Those who are held are held one by one.
    """
    most = settings.FORM_MAILS_PER_HOUR
    if len(_turns(now, most, lets_in=lets_in)) < most:
        return now
    locks.wait_for([f"mail.limits:{lets_in}"])  # always after the others
    turns = _turns(now, most, lets_in=lets_in)
    last = max((due_at for due_at, state in turns if state == State.QUEUED), default=now)
    return max(now, turns[-1][0] + HOUR, last + HOUR / most)


def _turns(now: datetime, most: int, *, lets_in: bool) -> list[tuple[datetime, str]]:
    """Return the moments and states of the last ``most`` mails of a queue, latest first."""
    queue = _queue(lets_in=lets_in)
    recent = queue.exclude(state=State.CANCELLED).filter(due_at__gt=now - HOUR)
    return list(recent.order_by("-due_at").values_list("due_at", "state")[:most])


def _has_had_its_share(
    address: str, network_key: str, now: datetime, per_address: int, *, lets_in: bool
) -> bool:
    """Look at no more rows than it takes: a bound is passed within the sum of the wider two."""
    which = Q(lowered=address, created_at__gt=now - PER_ADDRESS_IN)
    around = networks.around(network_key)
    if around:
        recent = Q(network_key__startswith=around, created_at__gt=now - PER_NETWORK_IN)
        which |= recent & ~Q(network_key="")  # for the index
    counted = _queue(lets_in=True) if lets_in else _by_forms()
    found = counted.alias(lowered=Lower("to")).filter(which)
    rows = list(found.values_list("to", "network_key", "created_at")[: per_address + PER_AROUND])
    for_address = [to for to, _key, _at in rows if normalise(to) == address]
    lately = [key for _to, key, at in rows if key and at > now - PER_NETWORK_IN]
    near = [key for key in lately if networks.around(key) == around]
    return (
        len(for_address) >= per_address
        or len(near) >= PER_AROUND
        or near.count(network_key) >= PER_NETWORK
    )


def _queue(*, lets_in: bool) -> MessageQuerySet:
    return _by_forms().filter(lets_in=lets_in)


def _by_forms() -> MessageQuerySet:
    return Message.objects.filter(BY_FORMS).order_by()
