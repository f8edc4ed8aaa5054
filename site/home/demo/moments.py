"""Moments counted back from when the demo is loaded."""

import re
from datetime import date, datetime, time, timedelta

from django.utils import timezone

_AGE = re.compile(r"(?:(?P<days>\d+)d (?P<at>\d\d:\d\d))|(?:(?P<hours>\d+)h)")
MORNING = time(9, 15)


class Clock:
    """The moment of loading, and what lies before it in Dutch time."""

    def __init__(self) -> None:
        self.now = timezone.now()

    def ago(self, *, days: int, at: time = MORNING) -> datetime:
        """Return ``at`` of the day that lies ``days`` back; never later than now."""
        zone = timezone.get_default_timezone()
        moment = datetime.combine(self.day(days), at, tzinfo=zone)
        return min(moment, self.now)

    def day(self, days: int) -> date:
        """Return the date ``days`` back; a negative number lies ahead."""
        return timezone.localdate(self.now) - timedelta(days=days)

    def soon(self, moment: datetime, *, minutes: int) -> datetime:
        """Return ``minutes`` after ``moment``; half way from there to now when that is sooner."""
        return min(moment + timedelta(minutes=minutes), moment + (self.now - moment) / 2)

    def age(self, text: str) -> datetime:
        """Return the moment of an age such as ``12d 14:05`` or ``3h``."""
        found = _AGE.fullmatch(text)
        if found is None:
            raise ValueError(f"{text!r} is not an age such as '12d 14:05' or '3h'.")
        if found["hours"]:
            return self.now - timedelta(hours=int(found["hours"]))
        return self.ago(days=int(found["days"]), at=time.fromisoformat(found["at"]))
