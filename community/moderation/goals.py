"""How fast editors mean to be, and how fast they were of late."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.cache import cache

from community.moderation import waiting

HOURS = 24  # within which a comment should have its decision
KEPT_FOR = 5 * 60  # seconds; a median of four weeks does not change by the minute
_KEY = "moderation.goals.measured"


@dataclass(frozen=True)
class Measured:
    """How long half of the comments waited at most; ``None`` when too few were decided."""

    wait: timedelta | None

    @property
    def in_words(self) -> str:
        return waiting.in_words(self.wait) if self.wait else ""

    @property
    def is_met(self) -> bool:
        return self.wait is not None and self.wait <= timedelta(hours=HOURS)


def measured(*, now: datetime) -> Measured:
    """Return what was reached in the last four weeks; one query in five minutes."""
    found = cache.get(_KEY)
    if found is None:
        found = Measured(waiting.usual(now=now))
        cache.set(_KEY, found, KEPT_FOR)
    return found


def overdue_before(now: datetime) -> datetime:
    """Return the moment before which what waits has waited too long."""
    return now - timedelta(hours=HOURS)
