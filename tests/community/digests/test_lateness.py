import datetime as dt

import pytest

from community.digests import holds, lateness
from community.digests.models import Delivery
from config.celery import app
from tests.factories import SubscriptionFactory, UserFactory

EIGHT = dt.datetime(2026, 11, 23, 7, tzinfo=dt.UTC)  # in the Netherlands
MINUTE = dt.timedelta(minutes=1)
HOUR = 60 * MINUTE

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader():
    return SubscriptionFactory(confirmed=True, next_digest_at=EIGHT)


class TestLateBy:
    @pytest.mark.parametrize(
        ("due", "now", "late"),
        [
            (EIGHT, EIGHT, None),
            (EIGHT, EIGHT + 2 * MINUTE + HOUR, None),  # the run of two past is an hour late
            (EIGHT, EIGHT + 3 * MINUTE + HOUR, 61 * MINUTE),
            (EIGHT + 5 * MINUTE, EIGHT + 12 * MINUTE + HOUR, None),  # is for the run of ten past
            (EIGHT + 5 * MINUTE, EIGHT + 13 * MINUTE + HOUR, 61 * MINUTE),
            (EIGHT + 10 * MINUTE, EIGHT + 13 * MINUTE + HOUR, 61 * MINUTE),
        ],
    )
    def test_counts_from_the_run_that_was_to_come(self, due, now, late):
        SubscriptionFactory(confirmed=True, next_digest_at=due)
        SubscriptionFactory(confirmed=True, next_digest_at=now + HOUR)

        assert lateness.late_by(now=now) == late

    def test_of_the_longest_waiting(self, reader):
        SubscriptionFactory(confirmed=True, next_digest_at=EIGHT - 5 * HOUR)

        assert lateness.late_by(now=EIGHT) == 5 * HOUR - 2 * MINUTE

    def test_is_nothing_without_readers_who_are_due(self):
        SubscriptionFactory(next_digest_at=EIGHT)
        SubscriptionFactory(confirmed=True, state="ended", ended_at=EIGHT, next_digest_at=EIGHT)

        assert lateness.late_by(now=EIGHT + 9 * HOUR) is None

    def test_is_nothing_while_an_editor_holds_the_digests(self, reader):
        holds.hold(by=UserFactory(digests=True), now=EIGHT)

        assert lateness.late_by(now=EIGHT + 9 * HOUR) is None

    def test_counts_from_the_release_of_what_was_held(self, reader):
        editor = UserFactory(digests=True)
        holds.hold(by=editor, now=EIGHT)
        holds.release(by=editor, now=EIGHT + 9 * HOUR)

        assert lateness.late_by(now=EIGHT + 10 * HOUR) is None
        assert lateness.late_by(now=EIGHT + 11 * HOUR) == 2 * HOUR - 2 * MINUTE

    def test_is_told_of_what_was_claimed_and_is_not_written(self):
        later = SubscriptionFactory(confirmed=True, next_digest_at=EIGHT + 24 * HOUR)
        Delivery.objects.create(subscription=later, since=EIGHT - HOUR, until=EIGHT)

        assert lateness.late_by(now=EIGHT + HOUR) is None
        assert lateness.late_by(now=EIGHT + HOUR + MINUTE) == HOUR + MINUTE

    def test_knows_when_beat_comes(self):
        schedule = app.conf.beat_schedule["send due digests"]["schedule"]

        first, every = lateness.RUN_AT // MINUTE, lateness.EVERY // MINUTE
        assert schedule.minute == set(range(first, 60, every))
