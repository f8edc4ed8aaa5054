import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mail import retrying


class TestWait:
    @pytest.mark.parametrize("first", [retrying.BUSY, retrying.LOST])
    def test_never_comes_to_more_than_three_days(self, first):
        waits = []
        while (pause := retrying.wait(len(waits) + 1, first=first)) is not None:
            waits.append(pause)

        total = sum(waits, dt.timedelta())
        assert dt.timedelta(hours=60) < total <= dt.timedelta(hours=72)
        assert waits == sorted(waits)
        assert waits[0] == first
        assert waits[-1] == retrying.LONGEST

    @given(st.integers(min_value=1, max_value=32767))
    def test_answers_for_any_number_of_attempts(self, attempts):
        pause = retrying.wait(attempts, first=retrying.LOST)

        assert pause is None or retrying.LOST <= pause <= retrying.LONGEST
