"""Knocks that come twice, and knocks that a broker lost."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from community.digests import digests
from community.digests.models import Delivery
from config.celery import app
from mail import delivering
from tests.community.digests.sending import new_post
from tests.factories import SubscriptionFactory
from tests.races import together

BELLS = ("send due digests", "write digests that are open", "deliver due mail")
TICKS = [dt.timedelta(minutes=minutes) for minutes in (3, 13, 23)]  # after the news has settled


@pytest.fixture
def readers() -> list[str]:
    """Readers of all sorts, for whom there is one thing to tell."""
    frequencies = ["at_once", "daily", "weekly", "monthly"] * 2
    made = [SubscriptionFactory(confirmed=True, frequency=often) for often in frequencies]
    new_post()
    return sorted(reader.email for reader in made)


def ring(*bells: str) -> None:
    """Do what a worker does when beat rings ``bells``."""
    app.loader.import_default_modules()
    for bell in bells:
        app.tasks[app.conf.beat_schedule[bell]["task"]]()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.usefixtures("site")
class TestTwoBeats:
    def test_mail_everybody_once_in_three_ticks(self, server, readers):
        start = timezone.now()

        for tick in TICKS:
            with time_machine.travel(start + tick):
                assert together(2, ring, *BELLS) == [None, None]

        assert sorted(server.addresses) == readers
        assert Delivery.objects.count() == len(readers)
        assert not Delivery.objects.open().exists()


@pytest.mark.django_db
@pytest.mark.usefixtures("site")
class TestKnocksThatGotLost:
    @pytest.mark.parametrize("done", ["nothing", "opened", "written", "half sent"])
    def test_are_made_up_for_by_later_ones(self, server, readers, done):
        first, *later = (timezone.now() + tick for tick in TICKS)
        with time_machine.travel(first):
            if done != "nothing":
                digests.open_due(now=timezone.now())
            if done in {"written", "half sent"}:
                digests.write()
            if done == "half sent":
                delivering.deliver_due(limit=len(readers) // 2)

        for moment in later:
            with time_machine.travel(moment):
                ring(*BELLS)

        assert sorted(server.addresses) == readers
