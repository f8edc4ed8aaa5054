"""From what an editor types to the pattern of a rule, or why it cannot be one."""

from collections.abc import Callable
from ipaddress import IPv4Network, IPv6Network, ip_network
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from community.comments.blocking import hosts, wording
from community.comments.blocking.folding import fold
from community.comments.blocking.wording import WORDS, BadPattern
from community.comments.models import BlockRule
from community.comments.models.blocking import PATTERN_LENGTH
from mail import addresses

Kind = BlockRule.Kind

SHORTEST_WORD = 2  # letters
SHORTEST_INSIDE = 4  # letters of a word that is looked for inside others
LONGEST_EXPRESSION = 200  # characters
WIDEST = {4: 8, 6: 16}  # bits: a wider network holds half the world


def clean(kind: str, typed: str, *, inside_compounds: bool = False) -> str:
    """Return the pattern of a rule of ``kind`` for what an editor typed.

    Raises `BadPattern` with a message for that editor.
    """
    pattern = _CLEANERS[Kind(kind)](typed.strip())
    if inside_compounds and kind == Kind.WORD and len(fold(pattern)) < SHORTEST_INSIDE:
        raise BadPattern(_("A word this short stands in too many others. Look for it alone."))
    if len(pattern) > PATTERN_LENGTH:  # some letters are several once they are made comparable
        raise BadPattern(_("This pattern is too long."))
    return pattern


def network(typed: str) -> IPv4Network | IPv6Network:
    """Return the network of an address or of one in CIDR notation; raises `ValueError`."""
    return ip_network(typed, strict=False)


def _word(typed: str) -> str:
    if WORDS.fullmatch(fold(typed)) is None:
        raise BadPattern(_("Give one word of letters and figures. For more, choose a phrase."))
    if len(fold(typed)) < SHORTEST_WORD:
        raise BadPattern(_("One letter is in nearly every comment. Give a word."))
    return typed.lower()


def _phrase(typed: str) -> str:
    if len("".join(WORDS.findall(fold(typed)))) < SHORTEST_WORD:
        raise BadPattern(_("Give a phrase with at least one word in it."))
    return " ".join(typed.lower().split())


def _expression(typed: str) -> str:
    if len(typed) > LONGEST_EXPRESSION:
        raise BadPattern(_("This expression is too large. Repeat less, or make two rules."))
    if wording.compiled(typed).search("") is not None:
        raise BadPattern(_("This expression matches every comment, an empty one as well."))
    return typed


def _domain(typed: str) -> str:
    """Return the host of a name or of a web address, without "www"."""
    host = hosts.of_address(typed) if "/" in typed else typed
    name = _host(host, _("Give a domain, such as example.org.")).removeprefix("www.")
    if hosts.within(urlsplit(settings.BASE_URL).hostname or "", name):
        raise BadPattern(_("This is the domain of this site itself."))
    return name


def _address(typed: str) -> str:
    """Return an address, or "@" and a domain for every address there."""
    message = _("Give an address, or @ and a domain for every address there.")
    address = addresses.normalise(typed)
    name, at, domain = address.rpartition("@")
    if not at or "@" in name or " " in address:
        raise BadPattern(message)
    host = _host(domain, message)
    return address if name else f"@{host}"


def _host(typed: str, message: str) -> str:
    try:
        host = hosts.normalise(typed)
    except hosts.BadHost as error:
        raise BadPattern(message) from error
    if "." not in host:
        raise BadPattern(message)
    return host


def _network(typed: str) -> str:
    try:
        wanted = network(typed)
    except ValueError as error:
        message = _("Give an address or a network, such as 203.0.113.0/24 or 2001:db8::/48.")
        raise BadPattern(message) from error
    if wanted.prefixlen < WIDEST[wanted.version]:
        raise BadPattern(_("This network is too wide: it holds a good part of the world."))
    return str(wanted)


_CLEANERS: dict[Kind, Callable[[str], str]] = {
    Kind.WORD: _word,
    Kind.PHRASE: _phrase,
    Kind.EXPRESSION: _expression,
    Kind.DOMAIN: _domain,
    Kind.ADDRESS: _address,
    Kind.NETWORK: _network,
}
