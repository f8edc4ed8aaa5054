"""How fast editors mean to be, and how fast they were of late."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.cache import cache

from community.comments.models import ModerationSettings
from community.moderation import waiting

KEPT_FOR = 60  # seconds, in each process
_KEY = "moderation.goals"


@dataclass(frozen=True)
class Goal:
    """Within how many ``hours`` a decision should come, and how long half of them took at most.

    ``wait`` is ``None`` when too few were decided to tell.
    """

    hours: int
    wait: timedelta | None

    @property
    def in_words(self) -> str:
        return waiting.in_words(self.wait) if self.wait else ""

    @property
    def is_met(self) -> bool:
        return self.wait is not None and self.wait <= timedelta(hours=self.hours)

    def overdue_before(self, now: datetime) -> datetime:
        """Return the moment before which what still waits has waited too long."""
        return now - timedelta(hours=self.hours)


def current(*, now: datetime) -> Goal:
    """Return the goal and what was reached in the last four weeks; two queries in a minute."""
    found = cache.get(_KEY)
    if found is None:
        found = Goal(ModerationSettings.current().goal_hours, waiting.usual(now=now))
        cache.set(_KEY, found, KEPT_FOR)
    return found
