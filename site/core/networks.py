"""From which network a request comes, without keeping anyone's address.

An address is cut to its network (/24 for IPv4, /64 for IPv6) and hashed with a
key that changes daily, so a key says nothing after two days but that two
requests came from one network on one day.

Who has a connection with IPv6 mostly has a /56 or a /48 of it, and so up to 65,536
networks. The first half of a key is therefore of the /48 around its network.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

SALT = "core.networks"
PREFIX = {4: 24, 6: 64}
AROUND = {4: 24, 6: 48}
HALF = 16  # characters of a key
Network = IPv4Network | IPv6Network


def key(request: HttpRequest, *, day: date) -> str:
    """Return 32 characters for the network of ``request`` on ``day``; empty if it is unknown.

    An address of this machine's own is unknown too: it is a proxy's that does not say for whom
    it asks, and all the world would count as one network.
    """
    try:
        address = ip_address(client_address(request))
    except ValueError:
        return ""
    mapped = getattr(address, "ipv4_mapped", None) or address
    if mapped.is_loopback:
        return ""
    [own] = _keys(ip_network((mapped, PREFIX[mapped.version]), strict=False), day)
    return own


def around(key: str) -> str:
    """Return with what all keys begin of the networks around that of ``key``, on its day.

    Those of one /48 for IPv6; for IPv4 that network alone.
    """
    return key[:HALF]


def known_as(network: Network) -> Network:
    """Return the network that ``network`` is known by: itself, or the larger one around it."""
    return network.supernet(new_prefix=min(PREFIX[network.version], network.prefixlen))


def size(network: Network) -> int:
    """Return how many keys a day belong to ``network``."""
    return 2 ** max(0, PREFIX[network.version] - network.prefixlen)


def keys(network: Network, *, days: Iterable[date]) -> set[str]:
    """Return the keys of whatever came from ``network`` on ``days``; see `size` for how many.

    One that is smaller than what we keep has the key of the whole: see `known_as`.
    """
    whole = known_as(network)
    widest = max(whole.prefixlen, AROUND[whole.version])
    parts: Sequence[Network] = [*whole.subnets(new_prefix=widest)]
    return {found for day in days for part in parts for found in _keys(part, day)}


def _keys(network: Network, day: date) -> Iterator[str]:
    """Return the keys of what is in ``network``, all of which is around one another."""
    first = _half(network.supernet(new_prefix=AROUND[network.version]), day)
    parts: Iterable[Network] = network.subnets(new_prefix=PREFIX[network.version])
    return (first + _half(part, day) for part in parts)


def _half(network: Network, day: date) -> str:
    return salted_hmac(SALT, f"{day:%Y-%m-%d}:{network}", algorithm="sha256").hexdigest()[:HALF]


def client_address(request: HttpRequest) -> str:
    """Return the address of the one who asks, as told by the proxies that we trust.

    Walks ``X-Forwarded-For`` from our side and stops at the first address that is
    not in ``TRUSTED_PROXIES``: what stands before it anyone may have written.
    """
    forwarded = request.headers.get("X-Forwarded-For", "")
    hops = [hop.strip() for hop in forwarded.split(",") if hop.strip()]
    address = request.META.get("REMOTE_ADDR") or ""
    while hops and _is_trusted(address):
        address = hops.pop()
    return address


def _is_trusted(address: str) -> bool:
    if not address:  # a unix socket: only our own proxy can reach it
        return True
    try:
        parsed = ip_address(address)
    except ValueError:
        return False
    return any(parsed in network for network in settings.TRUSTED_PROXIES)
