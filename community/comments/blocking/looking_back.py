"""What a rule would have caught of late, before it catches anything."""

import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from community.comments.blocking import cleaning
from community.comments.blocking.candidates import Candidate
from community.comments.blocking.finding import Found, Seeker, seeker
from community.comments.blocking.folding import Span
from community.comments.housekeeping import NETWORKS_KEPT_FOR
from community.comments.models import BlockRule, Comment
from core import networks

LOOKED_BACK = timedelta(days=90)
MOST = 20_000  # comments
LONGEST = 5.0  # seconds
SHOWN = 20
AROUND = 160  # characters before the first match, and after it
MOST_NETWORKS = 65_536  # of which we look for the keys of a day: a second of work
_CHUNK = 500
_COLUMNS = (
    "pk",
    "public_id",
    "status",
    "submit_date",
    "text_html",
    "user_name",
    "user_email",
    "network_key",
)


@dataclass(frozen=True)
class Caught:
    """One comment that the rule would have caught. ``parts`` are its words; true is marked."""

    public_id: UUID
    status: str
    name: str
    at: datetime
    parts: list[tuple[str, bool]]
    matched: list[str]


@dataclass
class LookBack:
    """How many of the ``looked_at`` newest comments match, by status, and the first of them.

    ``is_whole`` tells that these were all of the ``days`` that we look back on.
    ``known_as`` is the network that a smaller one of a rule is known by.
    """

    days: int = LOOKED_BACK.days
    known_as: str = ""
    counts: Counter[str] = field(default_factory=Counter)
    caught: list[Caught] = field(default_factory=list)
    looked_at: int = 0
    is_whole: bool = True

    @property
    def total(self) -> int:
        return self.counts.total()

    @property
    def by_status(self) -> list[tuple[str, int]]:
        """Counts in the order of the states of a comment, named for people."""
        statuses = Comment.Status
        return [(str(one.label), self.counts[one]) for one in statuses if self.counts[one]]


def is_possible(rule: BlockRule) -> bool:
    """Return whether `what` can tell: not of a network that holds too many others."""
    network = _network(rule)
    return network is None or networks.size(network) <= MOST_NETWORKS


def what(rule: BlockRule, *, now: datetime, most: int = MOST, longest: float = LONGEST) -> LookBack:
    """Return what ``rule`` would have caught in the days before ``now``, newest first.

    Looks at ``most`` comments and takes ``longest`` seconds at most, with `_CHUNK` of
    them in memory at a time. One query. From which network a comment came is forgotten
    after `NETWORKS_KEPT_FOR`, so a rule about one looks back on those days alone.

    Raises `wording.BadPattern` for a pattern that cannot be looked for.
    """
    seek, found = _seeker(rule, now), LookBack(days=_back(rule).days, known_as=_known_as(rule))
    deadline = time.monotonic() + longest
    for row in _newest(rule, now, most + 1):
        if found.looked_at == most or time.monotonic() > deadline:
            found.is_whole = False
            break
        found.looked_at += 1
        candidate = Candidate(
            html=row["text_html"],
            name=row["user_name"],
            email=row["user_email"],
            network_key=row["network_key"],
        )
        match = seek(candidate)
        if match is not None:
            _add(found, row, candidate, match)
    return found


def _back(rule: BlockRule) -> timedelta:
    return NETWORKS_KEPT_FOR if rule.kind == BlockRule.Kind.NETWORK else LOOKED_BACK


def _newest(rule: BlockRule, now: datetime, most: int) -> Iterator[dict]:
    recent = Comment.objects.filter(submit_date__gt=now - _back(rule), submit_date__lte=now)
    if rule.kind == BlockRule.Kind.NETWORK:
        recent = recent.exclude(network_key="")
    rows = recent.order_by("-submit_date", "-pk").values(*_COLUMNS)[:most]
    return rows.iterator(chunk_size=_CHUNK)


def _network(rule: BlockRule) -> networks.Network | None:
    """Return the network that ``rule`` names, if it names one."""
    is_named = rule.kind == BlockRule.Kind.NETWORK and not rule.key
    return cleaning.network(rule.pattern) if is_named else None


def _known_as(rule: BlockRule) -> str:
    network = _network(rule)
    whole = networks.known_as(network) if network else None
    return str(whole) if whole != network else ""


def _seeker(rule: BlockRule, now: datetime) -> Seeker:
    """Return the function that looks for ``rule``; networks are known by the keys of their days."""
    network = _network(rule)
    if network is None:
        return seeker(rule)
    keys = networks.keys(network, days=_days(now))
    return lambda candidate: Found() if candidate.network_key in keys else None


def _days(now: datetime) -> Iterator[date]:
    """Return the days, in UTC, of which networks are known."""
    first, last = (now - NETWORKS_KEPT_FOR).astimezone(UTC).date(), now.astimezone(UTC).date()
    return (first + timedelta(days=number) for number in range((last - first).days + 1))


def _add(found: LookBack, row: dict, candidate: Candidate, match: Found) -> None:
    found.counts[row["status"]] += 1
    if len(found.caught) < SHOWN:
        found.caught.append(
            Caught(
                public_id=row["public_id"],
                status=str(Comment.Status(row["status"]).label),
                name=row["user_name"],
                at=row["submit_date"],
                parts=parts(candidate.words.text, match.spans),
                matched=match.matched,
            )
        )


def parts(text: str, spans: list[Span]) -> list[tuple[str, bool]]:
    """Return ``text`` cut where ``spans`` begin and end; true for what lies within one.

    What stands far before the first span or far after it is left out.
    """
    start = max(0, spans[0][0] - AROUND) if spans else 0
    end = min(len(text), (spans[0][1] if spans else 0) + AROUND)
    pieces, place = [("…", False)] if start else [], start
    for left, right in sorted(spans):
        if left < place or left >= end:
            continue
        pieces += [(text[place:left], False), (text[left:right], True)]
        place = right
    pieces += [(text[place:end], False)] if place < end else []
    pieces += [("…", False)] if max(place, end) < len(text) else []
    return [piece for piece in pieces if piece[0]]
