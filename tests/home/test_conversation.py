"""The conversations of the demo, whatever the hour it is loaded at."""

import datetime as dt

import pytest
import time_machine

from home.demo.conversation import FOLDER, moments, read
from home.demo.moments import Clock

AUTUMN, SPRING = dt.datetime(2026, 10, 25, tzinfo=dt.UTC), dt.datetime(2027, 3, 28, tzinfo=dt.UTC)
HOURS = [
    day + dt.timedelta(hours=hour, minutes=17) for day in (AUTUMN, SPRING) for hour in range(25)
]


class TestEveryConversation:
    @pytest.mark.parametrize("path", sorted(FOLDER.glob("*/*.md")), ids=lambda path: path.stem)
    def test_goes_forward_at_any_hour(self, path):
        for hour in HOURS:
            with time_machine.travel(hour, tick=False):
                clock = Clock()
            decided: list[dt.datetime | None] = []
            for remark in read(path):
                answered = decided[remark.depth - 1] if remark.depth else None
                when = moments(remark, clock, answers=answered)

                known = [moment for moment in (answered, *when.values(), clock.now) if moment]
                assert known == sorted(set(known)), (hour, remark)
                decided[remark.depth :] = [when.get("decided_at")]
