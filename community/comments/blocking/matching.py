"""Which rules a comment matches."""

from dataclasses import dataclass
from datetime import datetime
from ipaddress import ip_address

from django.db.models import F

from community.comments.blocking import standing
from community.comments.blocking.candidates import Candidate
from community.comments.blocking.finding import Found
from community.comments.models import BlockRule

SHOWN_WORDS = 5  # of those that matched, to editors
SHOWN_LENGTH = 80  # characters of each


@dataclass(frozen=True)
class Match:
    """A rule, and what it found in a comment."""

    rule: BlockRule
    found: Found

    @property
    def evidence(self) -> dict:
        """What editors may see; a writer never does."""
        words = [word[:SHOWN_LENGTH] for word in self.found.matched[:SHOWN_WORDS]]
        return {"rule": self.rule.pk, "rule_kind": self.rule.kind, "matched": words}


def matches(
    candidate: Candidate, *, now: datetime, version: standing.Version | None = None
) -> list[Match]:
    """Return what matches ``candidate`` at ``now``; the first one decides.

    Rules to the spam come before those that hold, then the oldest first. One query,
    and none for a caller who knows the ``version`` of the rules.
    """
    found = ((one.rule, one.seek(candidate)) for one in standing.rules(now=now, version=version))
    return [Match(rule, what) for rule, what in found if what is not None]


def count(found: list[Match], *, now: datetime) -> None:
    """Add one to the hits of each rule in ``found``; none is lost when many come at once.

    One query a rule, in one order, so that two who count never wait for each other.
    """
    for key in sorted(match.rule.pk for match in found):
        BlockRule.objects.filter(pk=key).update(hits=F("hits") + 1, last_hit_at=now)


def networks_matching(
    client_address: str,
    network_key: str,
    *,
    now: datetime,
    version: standing.Version | None = None,
) -> list[int]:
    """Return the keys of the network rules that hold for who sends from ``client_address``.

    Asked while a comment is sent: later nobody knows the address. One query, as
    in `matches`.
    """
    all_rules = standing.rules(now=now, version=version)
    about = [one for one in all_rules if one.rule.kind == BlockRule.Kind.NETWORK]
    return [one.rule.pk for one in about if _is_from(one, client_address, network_key)]


def _is_from(one: standing.Standing, client_address: str, network_key: str) -> bool:
    if one.network is None:
        return bool(network_key) and one.rule.key == network_key
    try:
        address = ip_address(client_address)
    except ValueError:  # a unix socket, or nobody knows
        return False
    return (getattr(address, "ipv4_mapped", None) or address) in one.network
