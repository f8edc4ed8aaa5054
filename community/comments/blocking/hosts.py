"""The hosts that a comment leads to or names, as they are compared."""

import html
import re
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

import idna

from community.comments.blocking.folding import Span

LONGEST = 253  # characters of a host (RFC 1035)

_HREF = re.compile(r'href="([^"]*)"')
_DOT = "[.\u3002\uff0e\uff61]"  # the dots that browsers take for one (UTS 46)
_NAMED = re.compile(rf"(?:[\w-]{{1,63}}{_DOT}){{1,8}}[^\W\d_][\w-]{{1,62}}")


class BadHost(ValueError):
    """This is no name of a host."""


def normalise(host: str) -> str:
    """Return ``host`` in small letters and, where it is not plain ASCII, in its ASCII form.

    Raises `BadHost` for what cannot be one (RFC 5891).
    """
    host = host.strip().strip(".").lower()
    if not 0 < len(host) <= LONGEST:
        raise BadHost(host)
    try:
        return idna.encode(host, uts46=True).decode("ascii")
    except idna.IDNAError as error:
        raise BadHost(host) from error


def within(host: str, domain: str) -> bool:
    """Return whether the normalised ``host`` is ``domain`` or stands below it."""
    return host == domain or host.endswith(f".{domain}")


def linked(text_html: str) -> list[str]:
    """Return the hosts of the links in our own HTML, each once; those of mail links as well."""
    addresses = map(html.unescape, _HREF.findall(text_html))
    return list(dict.fromkeys(normal(map(of_address, addresses))))


def standing(text: str) -> Iterator[tuple[Span, str]]:
    """Yield where a host is named in ``text``, linked or not, and which."""
    for found in _NAMED.finditer(text):
        for host in normal([found.group()]):
            yield found.span(), host


def of_address(address: str) -> str:
    """Return the host of a web or mail address as it is written there; empty without one."""
    scheme, _, rest = address.partition(":")
    if scheme.lower() == "mailto":
        return rest.partition("?")[0].rpartition("@")[2]
    try:
        return urlsplit(address).hostname or ""
    except ValueError:  # such as "http://[": no browser goes anywhere with it
        return ""


def normal(hosts: Iterable[str]) -> Iterator[str]:
    """Yield those of ``hosts`` that are one, normalised; a browser finds no other."""
    for host in hosts:
        try:
            yield normalise(host)
        except BadHost:
            continue
