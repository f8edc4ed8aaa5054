"""The kill suite, small: `make bench ONLY=digest.kills` runs it whole."""

import pytest
from django.db import connection

from mail.models import Message
from tests import killing
from tests.factories import MessageFactory

MAILS, KILLS = 1000, 3


@pytest.mark.long
@pytest.mark.processes
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
class TestSendersThatAreKilled:
    def test_lose_nothing_and_double_one_at_most_each(self, tmp_path):
        Message.objects.bulk_create(MessageFactory.build_batch(MAILS))
        database = {"TEST_DATABASE": str(connection.settings_dict["NAME"])}

        outcome = killing.kill(tmp_path, database, mails=MAILS, kills=KILLS, refuse=2)

        assert outcome.kills > 0
        assert outcome.lost == 0
        assert outcome.copies <= 2
        assert outcome.doubled <= outcome.kills
        assert outcome.misnamed == 0
        assert not Message.objects.exclude(state="sent").exists()

    def test_or_that_stand_still_past_their_lease_double_one_at_most(self, tmp_path):
        Message.objects.bulk_create(MessageFactory.build_batch(MAILS))
        database = {"TEST_DATABASE": str(connection.settings_dict["NAME"])}

        outcome = killing.freeze(tmp_path, database, mails=MAILS, seconds=3)

        assert (outcome.lost, outcome.misnamed) == (0, 0)
        assert outcome.doubled <= 1
        assert not Message.objects.exclude(state="sent").exists()
