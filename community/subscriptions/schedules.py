"""When the digest of a reader may go out: how often, which day and hour, on whose clock."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Self
from zoneinfo import ZoneInfo

from django.utils import timezone

from community.subscriptions.models import USUAL_HOUR, Agreement, Subscription

SOON = timedelta(minutes=5)  # between two digests at once; `config.celery` looks every ten
DAYS_AHEAD = 33  # a first of the month after any moment is among these, today included
FIRST_OF_MONTH = 1


@dataclass(frozen=True)
class Schedule:
    """A reader's wishes about time. ``weekday`` counts from 0, Monday; only a week has one."""

    frequency: str
    weekday: int = 0
    hour: int = USUAL_HOUR
    time_zone: str = "Europe/Amsterdam"
    paused_until: date | None = None

    @classmethod
    def of(cls, subscription: Subscription) -> Self:
        """Return the wishes of ``subscription``."""
        return cls(**{name: getattr(subscription, name) for name in cls.__dataclass_fields__})

    def next_moment(self, *, after: datetime) -> datetime:
        """Return the first moment later than ``after`` that fits these wishes, in UTC.

        Monthly is on the first of the month. The hour is that of the reader's own clock,
        also when summer begins or ends: an hour that is skipped is the one after it, and
        of an hour that comes twice it is the first. None lies before the day that a pause
        ends on. At once is `SOON`, at any hour.
        """
        if self.frequency == Subscription.Frequency.AT_ONCE:
            return self._soon(after)
        moments = (self._on(day) for day in self._days(after.astimezone(self.zone).date()))
        return next(moment for moment in moments if moment > after)

    @property
    def zone(self) -> tzinfo:
        """The reader's time zone; ours, when no such zone exists any more."""
        try:
            return ZoneInfo(self.time_zone)
        except (KeyError, OSError, ValueError):  # what zoneinfo says of an odd name
            return timezone.get_default_timezone()

    def _soon(self, after: datetime) -> datetime:
        if self.paused_until is None:
            return after + SOON
        end = datetime.combine(self.paused_until, time(), tzinfo=self.zone)
        return max(after + SOON, end.astimezone(UTC))

    def _days(self, today: date) -> Iterator[date]:
        first = max(today, self.paused_until or today)
        days = (first + timedelta(days=number) for number in range(DAYS_AHEAD))
        return (day for day in days if self._fits(day))

    def _fits(self, day: date) -> bool:
        if self.frequency == Subscription.Frequency.WEEKLY:
            return day.weekday() == self.weekday
        return self.frequency == Subscription.Frequency.DAILY or day.day == FIRST_OF_MONTH

    def _on(self, day: date) -> datetime:
        return datetime.combine(day, time(self.hour), tzinfo=self.zone).astimezone(UTC)


def is_usual(agreement: Agreement) -> bool:
    """Return whether that is for a morning: Monday's, any or a first of the month's; or at once."""
    has_weekday = agreement.frequency == Subscription.Frequency.WEEKLY
    if agreement.frequency == Subscription.Frequency.AT_ONCE:
        return True
    is_usual_day = not has_weekday or agreement.weekday == Subscription.Weekday.MONDAY
    return is_usual_day and agreement.hour == USUAL_HOUR
