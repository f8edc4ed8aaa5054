import pytest
import time_machine

from mail.models import Message
from mail.tasks import forget_networks
from tests.factories import MessageFactory


@pytest.mark.django_db
class TestForgetNetworks:
    def test_wipes_what_is_older_than_two_days(self):
        with time_machine.travel("2026-03-01T12:00:00Z", tick=False):
            MessageFactory(network_key="a" * 32)

        with time_machine.travel("2026-03-03T12:00:00Z", tick=False):
            forget_networks()
            assert Message.objects.get().network_key == "a" * 32
        with time_machine.travel("2026-03-03T12:00:01Z", tick=False):
            forget_networks()
            assert Message.objects.get().network_key == ""
