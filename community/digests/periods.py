"""When the next digest of a subscription goes out, in Dutch time."""

from datetime import UTC, date, datetime, time, timedelta

from django.utils import timezone

from community.subscriptions.models import Subscription

AT = time(8)  # never in the hour that a change of the clock skips or repeats
MONDAY = 0
DAYS_AHEAD = 9  # a Monday after any moment is among these, today included


def next_moment(frequency: str, *, after: datetime) -> datetime:
    """Return the first eight o'clock later than ``after``, on a Monday when weekly.

    The clock is that of ``TIME_ZONE``, so it stays eight when summer begins or
    ends; the answer is in UTC.
    """
    zone = timezone.get_default_timezone()
    first = after.astimezone(zone).date()
    days = (first + timedelta(days=number) for number in range(DAYS_AHEAD))
    wanted = (day for day in days if frequency == Subscription.Frequency.DAILY or _is_monday(day))
    moments = (datetime.combine(day, AT, tzinfo=zone).astimezone(UTC) for day in wanted)
    return next(moment for moment in moments if moment > after)


def _is_monday(day: date) -> bool:
    return day.weekday() == MONDAY
