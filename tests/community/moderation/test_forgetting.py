import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from community.moderation import cases, forgetting, tasks
from community.moderation.models import Notice
from config.celery import app
from tests import factories

pytestmark = pytest.mark.both

HALF_A_YEAR = forgetting.NOTIFIERS_KEPT_FOR


@pytest.fixture
def closed(moderator) -> Notice:
    """What Sam noticed, decided about just now."""
    notice = factories.notice(name="Sam", email="sam@example.org", explanation="Laster")
    cases.keep(notice.case, by=moderator, answer="Mag.", now=timezone.now())
    return Notice.objects.get()


def in_time(after: dt.timedelta) -> None:
    """Run the daily task that long after now."""
    with time_machine.travel(timezone.now() + after):
        tasks.forget_notifiers()


class TestWhoNoticed:
    def test_is_forgotten_half_a_year_after_the_decision(self, closed):
        in_time(HALF_A_YEAR + dt.timedelta(days=1))

        closed.refresh_from_db()
        assert (closed.name, closed.email, closed.writer_key) == ("", "", "")
        assert closed.explanation == "Laster"

    def test_is_kept_until_then(self, closed):
        in_time(HALF_A_YEAR - dt.timedelta(days=1))

        closed.refresh_from_db()
        assert (closed.name, closed.email) == ("Sam", "sam@example.org")

    def test_is_kept_while_the_case_is_open(self, moderator):
        factories.notice(email="sam@example.org")

        in_time(HALF_A_YEAR * 4)

        assert Notice.objects.get().email == "sam@example.org"

    def test_is_kept_while_an_objection_waits(self, closed):
        later = timezone.now() + HALF_A_YEAR
        case = cases.object_to(closed, text="Toch", now=later)

        in_time(HALF_A_YEAR * 3)
        assert Notice.objects.get().email == "sam@example.org"

        editor = factories.UserFactory(moderator=True)
        cases.keep(case, by=editor, answer="Nee.", now=later)
        in_time(HALF_A_YEAR * 2 + dt.timedelta(days=1))
        assert Notice.objects.get().email == ""

    def test_is_forgotten_of_members_too(self, moderator):
        notice = factories.notice(user=factories.UserFactory())
        cases.keep(notice.case, by=moderator, answer="Mag.", now=timezone.now())

        in_time(HALF_A_YEAR + dt.timedelta(days=1))

        notice.refresh_from_db()
        assert (notice.user, notice.by, notice.address) == (None, "", "")

    def test_is_forgotten_once(self, closed):
        later = timezone.now() + HALF_A_YEAR * 2

        assert forgetting.forget_notifiers(now=later) == 1
        assert forgetting.forget_notifiers(now=later) == 0


class TestTheNetwork:
    def test_is_forgotten_after_two_days(self, db):
        notice = factories.notice(network_key="a" * 32)

        in_time(dt.timedelta(days=1))
        notice.refresh_from_db()
        assert notice.network_key == "a" * 32

        in_time(dt.timedelta(days=3))
        notice.refresh_from_db()
        assert notice.network_key == ""


class TestTheTask:
    def test_is_run_daily(self):
        tasks_run = {entry["task"] for entry in app.conf.beat_schedule.values()}
        assert tasks.forget_notifiers.name in tasks_run
