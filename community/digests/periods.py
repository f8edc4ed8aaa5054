"""When the next digest goes out for someone who chose no day, hour or time zone."""

from datetime import datetime

from community.subscriptions.schedules import Schedule


def next_moment(frequency: str, *, after: datetime) -> datetime:
    """Return the first eight o'clock of ours later than ``after``, in UTC.

    On a Monday when weekly, on the first of the month when monthly. A reader's own
    wishes are a `Schedule`.
    """
    return Schedule(frequency).next_moment(after=after)
