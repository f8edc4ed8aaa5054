"""Who is due when, in numbers."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, Count, DateTimeField, F, Value, When

from community.subscriptions.models import Subscription

MOST = 15  # rows shown


@dataclass(frozen=True)
class Turn:
    """So many readers of one frequency who are due at ``at``; now when that is empty."""

    at: datetime | None
    frequency: str
    readers: int


@dataclass(frozen=True)
class Agenda:
    """The first that are due; ``later`` is how many readers come after these."""

    turns: list[Turn]
    readers: int

    @property
    def later(self) -> int:
        return self.readers - sum(turn.readers for turn in self.turns)

    @property
    def now(self) -> int:
        """How many readers are due already."""
        return sum(turn.readers for turn in self.turns if turn.at is None)


def agenda(*, now: datetime) -> Agenda:
    """Return who is due when, soonest first; two queries, however many readers there are."""
    readers = Subscription.objects.active()
    is_due = When(next_digest_at__lte=now, then=Value(None, output_field=DateTimeField()))
    by_moment = readers.values(at=Case(is_due, default=F("next_digest_at")), often=F("frequency"))
    counted = by_moment.annotate(count=Count("pk")).order_by(F("at").asc(nulls_first=True), "often")
    names = dict(Subscription.Frequency.choices)
    turns = [
        Turn(at=row["at"], frequency=str(names.get(row["often"], "")), readers=row["count"])
        for row in counted[:MOST]
    ]
    return Agenda(turns=turns, readers=readers.count())
