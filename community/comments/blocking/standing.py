"""The rules of now, ready to search with: kept by each process until one changes."""

import logging
from dataclasses import dataclass
from datetime import datetime
from ipaddress import IPv4Network, IPv6Network
from typing import Any

from django.db.models import Subquery

from community.comments import asking
from community.comments.blocking import cleaning
from community.comments.blocking.finding import Seeker, seeker
from community.comments.blocking.wording import BadPattern
from community.comments.models import BlockRule

logger = logging.getLogger(__name__)

Version = tuple[int, int]


@dataclass(frozen=True)
class Standing:
    """A rule with the function that looks for it, and its network if it is about one."""

    rule: BlockRule
    seek: Seeker
    network: IPv4Network | IPv6Network | None = None


@dataclass
class _Kept:
    """What this process made last, and of which version of the table."""

    version: Version | None = None
    rules: tuple[Standing, ...] = ()


_kept = _Kept()


def rules(*, now: datetime, version: Version | None = None) -> list[Standing]:
    """Return the rules that hold at ``now``, those to the spam first, oldest first.

    One query for a caller who does not know the ``version`` of the table, and one
    after a change.
    """
    if version is None:
        version = version_in(asking.ask(questions()))
    return [standing for standing in _current(version) if standing.rule.is_active(now)]


def questions() -> dict[str, Subquery]:
    """Return what to ask, among other things, to know the version of the table.

    It changes with each change of a rule, in whatever order changes are committed. The
    latest moment would not do: of two editors, the one who began first may end last.
    """
    all_rules = BlockRule.objects.all()
    return {"rules": asking.count(all_rules), "rule_stamps": asking.total(all_rules, "stamp")}


def version_in(answers: dict[str, Any]) -> Version:
    """Return the version that ``answers`` to `questions` tell of."""
    return answers["rules"], answers["rule_stamps"] or 0


def _current(version: Version) -> tuple[Standing, ...]:
    if version != _kept.version:
        made = _make()
        _kept.rules, _kept.version = made, version
    return _kept.rules


def _make() -> tuple[Standing, ...]:
    ordered = sorted(BlockRule.objects.all(), key=lambda rule: (rule.act != "spam", rule.pk))
    return tuple(standing for rule in ordered if (standing := _standing(rule)))


def _standing(rule: BlockRule) -> Standing | None:
    """Make ``rule`` ready. One that cannot be must not keep anyone from writing."""
    try:
        network = cleaning.network(rule.pattern) if _is_about_network(rule) else None
        return Standing(rule=rule, seek=seeker(rule), network=network)
    except (BadPattern, ValueError):
        logger.exception("Block rule %s cannot be searched for and does nothing.", rule.pk)
        return None


def _is_about_network(rule: BlockRule) -> bool:
    return rule.kind == BlockRule.Kind.NETWORK and not rule.key
