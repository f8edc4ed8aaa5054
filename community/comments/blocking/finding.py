"""What one rule finds in one comment."""

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import chain, islice

from django.utils.crypto import salted_hmac

from community.comments.blocking import hosts, wording
from community.comments.blocking.candidates import Candidate
from community.comments.blocking.folding import Folded, Span
from community.comments.blocking.wording import Finder
from community.comments.models import BlockRule
from mail import addresses

Kind = BlockRule.Kind

MOST_MATCHES = 20  # of one rule in one text: enough to see why
SALT = "community.comments.blocking"


@dataclass(frozen=True)
class Found:
    """What a rule found: words of the comment, and where in its visible text they stand."""

    matched: list[str] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)


Seeker = Callable[[Candidate], Found | None]


def seeker(rule: BlockRule) -> Seeker:
    """Return the function that looks for ``rule`` in a candidate.

    Raises `wording.BadPattern` for an expression that cannot be looked for.
    """
    match rule.kind:
        case Kind.WORD:
            return _in_words(wording.word(rule.pattern, inside_compounds=rule.inside_compounds))
        case Kind.PHRASE:
            return _in_words(wording.phrase(rule.pattern))
        case Kind.EXPRESSION:
            return _in_words(wording.expression(rule.pattern))
        case Kind.DOMAIN:
            return _domain(rule.pattern)
        case Kind.ADDRESS:
            return _address(rule)
        case _:
            return _network(rule)


def address_key(email: str) -> str:
    """Return 32 characters that are the same for one address, and say nothing of it."""
    address = addresses.normalise(email)
    return salted_hmac(SALT, address, algorithm="sha256").hexdigest()[:32] if address else ""


def _in_words(find: Finder) -> Seeker:
    def seek(candidate: Candidate) -> Found | None:
        spans = _spans(find, candidate.words)
        names = candidate.named.words(_spans(find, candidate.named))
        if not spans and not names:
            return None
        return Found(list(dict.fromkeys([*candidate.words.words(spans), *names])), spans)

    return seek


def _spans(find: Finder, text: Folded) -> list[Span]:
    """Return where ``find`` finds something, by any way to read the text, in its order."""
    found = chain.from_iterable(islice(find(reading), MOST_MATCHES) for reading in text.readings)
    return sorted(set(text.spans(found)))


def _domain(domain: str) -> Seeker:
    def seek(candidate: Candidate) -> Found | None:
        matched = [host for host in candidate.hosts if hosts.within(host, domain)]
        return Found(matched, _standing(matched, candidate.words.text)) if matched else None

    return seek


def _standing(matched: list[str], text: str) -> list[Span]:
    """Return where the hosts ``matched`` stand in ``text``; a link may show other words."""
    return [span for span, host in hosts.standing(text) if host in matched]


def _address(rule: BlockRule) -> Seeker:
    def seek(candidate: Candidate) -> Found | None:
        return Found() if candidate.email and is_same(candidate.email) else None

    def is_same(email: str) -> bool:
        if rule.key:
            return address_key(email) == rule.key
        address = addresses.normalise(email)
        if not rule.pattern.startswith("@"):
            return address == rule.pattern
        host = next(hosts.normal([address.rpartition("@")[2]]), "")
        return hosts.within(host, rule.pattern[1:])

    return seek


def _network(rule: BlockRule) -> Seeker:
    def seek(candidate: Candidate) -> Found | None:
        was_found = rule.pk is not None and rule.pk in candidate.network_rules
        is_same = bool(rule.key) and candidate.network_key == rule.key
        return Found() if was_found or is_same else None

    return seek
