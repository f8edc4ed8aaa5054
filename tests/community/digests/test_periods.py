import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.digests.periods import next_moment

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
moments = st.datetimes(
    min_value=dt.datetime(2026, 1, 1),  # noqa: DTZ001
    max_value=dt.datetime(2030, 1, 1),  # noqa: DTZ001
    timezones=st.just(dt.UTC),
)


def utc(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


class TestNextMoment:
    @pytest.mark.parametrize(
        ("frequency", "after", "expected"),
        [
            ("weekly", "2026-11-23T06:59", "2026-11-23T07:00"),  # Monday, one minute to eight
            ("weekly", "2026-11-23T07:00", "2026-11-30T07:00"),  # Monday, eight sharp
            ("weekly", "2026-11-25T12:00", "2026-11-30T07:00"),
            ("daily", "2026-11-25T12:00", "2026-11-26T07:00"),
            ("daily", "2026-11-25T06:30", "2026-11-25T07:00"),
            ("daily", "2026-03-28T12:00", "2026-03-29T06:00"),  # summer time begins this night
            ("daily", "2026-10-24T12:00", "2026-10-25T07:00"),  # and ends this one
            ("weekly", "2026-03-25T12:00", "2026-03-30T06:00"),
            ("weekly", "2026-12-31T12:00", "2027-01-04T07:00"),
        ],
    )
    def test_is_eight_in_the_netherlands(self, frequency, after, expected):
        assert next_moment(frequency, after=utc(after)) == utc(expected)

    @given(moments, st.sampled_from(["daily", "weekly"]))
    def test_is_later_soon_and_always_eight(self, after, frequency):
        moment = next_moment(frequency, after=after)

        local = moment.astimezone(AMSTERDAM)
        longest = {"daily": dt.timedelta(hours=25), "weekly": dt.timedelta(days=7, hours=1)}
        assert after < moment <= after + longest[frequency]
        assert (local.hour, local.minute, local.second) == (8, 0, 0)
        assert frequency == "daily" or local.weekday() == 0
