import datetime as dt
import itertools
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.subscriptions.schedules import Schedule

DAY = dt.timedelta(days=1)
ZONES = [
    "Europe/Amsterdam",
    "America/Paramaribo",
    "America/New_York",
    "Australia/Lord_Howe",
    "Pacific/Kiritimati",
    "Asia/Kathmandu",
]
moments = st.datetimes(
    min_value=dt.datetime(2026, 1, 1),  # noqa: DTZ001
    max_value=dt.datetime(2030, 1, 1),  # noqa: DTZ001
    timezones=st.just(dt.UTC),
)
schedules = st.builds(
    Schedule,
    st.sampled_from(["daily", "weekly", "monthly"]),
    st.integers(0, 6),
    st.integers(0, 23),
    st.sampled_from(ZONES),
)


def utc(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


class TestNextMoment:
    @pytest.mark.parametrize(
        ("schedule", "after", "expected"),
        [
            (Schedule("weekly", weekday=4, hour=17), "2026-11-23T12:00", "2026-11-27T16:00"),
            (Schedule("weekly", weekday=4, hour=17), "2026-11-27T16:00", "2026-12-04T16:00"),
            (Schedule("at_once"), "2026-11-01T03:00", "2026-11-01T03:05"),
            (
                Schedule("at_once", paused_until=dt.date(2026, 11, 3)),
                "2026-11-01T03:00",
                "2026-11-02T23:00",
            ),
            (
                Schedule("at_once", paused_until=dt.date(2026, 10, 3)),
                "2026-11-01T03:00",
                "2026-11-01T03:05",
            ),
            (Schedule("monthly"), "2026-11-01T06:59", "2026-11-01T07:00"),
            (Schedule("monthly"), "2026-11-01T07:00", "2026-12-01T07:00"),
            (Schedule("monthly", hour=0), "2026-12-31T23:30", "2027-01-31T23:00"),
            (
                Schedule("daily", time_zone="America/Paramaribo"),
                "2026-11-25T12:00",
                "2026-11-26T11:00",
            ),
            (
                Schedule("daily", hour=0, time_zone="Pacific/Kiritimati"),
                "2026-11-25T09:59",
                "2026-11-25T10:00",
            ),
            # At two in the night of 29 March it becomes three; on 25 October it is two twice.
            (Schedule("daily", hour=2), "2026-03-28T12:00", "2026-03-29T01:00"),
            (Schedule("daily", hour=2), "2026-03-29T01:00", "2026-03-30T00:00"),
            (Schedule("daily", hour=2), "2026-10-24T12:00", "2026-10-25T00:00"),
            (Schedule("daily", hour=2), "2026-10-25T00:30", "2026-10-26T01:00"),
        ],
    )
    def test_is_on_the_day_and_hour_of_the_readers_clock(self, schedule, after, expected):
        assert schedule.next_moment(after=utc(after)) == utc(expected)

    def test_is_not_before_the_day_that_a_pause_ends_on(self):
        daily = Schedule("daily", paused_until=dt.date(2026, 12, 24))
        weekly = Schedule("weekly", paused_until=dt.date(2026, 12, 24))

        assert daily.next_moment(after=utc("2026-11-25T12:00")) == utc("2026-12-24T07:00")
        assert daily.next_moment(after=utc("2026-12-24T07:00")) == utc("2026-12-25T07:00")
        assert weekly.next_moment(after=utc("2026-11-25T12:00")) == utc("2026-12-28T07:00")

    def test_is_ours_where_a_zone_is_not_known(self):
        for name in ("", "Mars/Olympus", "../etc/passwd", "x" * 63, "\x00"):
            strange = Schedule("daily", time_zone=name)

            assert strange.next_moment(after=utc("2026-11-25T12:00")) == utc("2026-11-26T07:00")

    @given(schedules, moments)
    def test_is_later_and_never_skips_a_day_of_four_hundred(self, schedule, start):
        zone, end = ZoneInfo(schedule.time_zone), start + 400 * DAY
        found = [start]

        while found[-1] < end:
            found.append(schedule.next_moment(after=found[-1]))

        days = [moment.astimezone(zone).date() for moment in found[1:]]
        for earlier, later in itertools.pairwise(found):
            assert earlier < later
        for day, following in itertools.pairwise(days):
            assert following == self.following(schedule, day)
        for moment, day in zip(found[1:], days, strict=True):
            wanted = dt.datetime.combine(day, dt.time(schedule.hour), tzinfo=zone)
            assert moment == wanted.astimezone(dt.UTC)

    @staticmethod
    def following(schedule: Schedule, day: dt.date) -> dt.date:
        if schedule.frequency == "daily":
            return day + DAY
        if schedule.frequency == "weekly":
            assert day.weekday() == schedule.weekday
            return day + 7 * DAY
        return (day + 31 * DAY).replace(day=1)
