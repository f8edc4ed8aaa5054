import datetime as dt

import pytest
from django.db import transaction
from django.utils import timezone

from mail import limits
from mail.models import Message
from tests.factories import MessageFactory
from tests.races import together

ADDRESS = "lezer@example.org"


@pytest.mark.django_db
class TestAllowed:
    def test_is_so_for_three_mails_a_day(self):
        MessageFactory.create_batch(2, to=ADDRESS, kind="comments.confirm")
        assert limits.allowed(ADDRESS)

        MessageFactory(to=ADDRESS, kind="subscriptions.already")
        assert not limits.allowed(ADDRESS)

    @pytest.mark.parametrize("typed", ["LEZER@example.org", " lezer@Example.ORG "])
    def test_knows_an_address_however_it_is_typed(self, typed):
        MessageFactory.create_batch(3, to=ADDRESS, kind="comments.confirm")

        assert not limits.allowed(typed)

    def test_counts_each_address_by_itself(self):
        MessageFactory.create_batch(3, to=ADDRESS, kind="comments.confirm")

        assert limits.allowed("ander@example.org")

    def test_does_not_count_what_the_reader_asked_for(self):
        MessageFactory.create_batch(9, to=ADDRESS, kind="digests.digest")
        MessageFactory.create_batch(9, to=ADDRESS, kind="notifications.approved")

        assert limits.allowed(ADDRESS)

    def test_forgets_after_a_day(self):
        MessageFactory.create_batch(3, to=ADDRESS, kind="comments.confirm")
        now = timezone.now()

        assert not limits.allowed(ADDRESS, now=now + dt.timedelta(hours=23))
        assert limits.allowed(ADDRESS, now=now + dt.timedelta(hours=24, seconds=1))

    def test_counts_five_mails_in_ten_minutes_for_a_network(self):
        MessageFactory.create_batch(4, kind="comments.confirm", network_key="a" * 32)
        assert limits.allowed(ADDRESS, network_key="a" * 32)

        MessageFactory(kind="subscriptions.already", network_key="a" * 32)
        now = timezone.now()

        assert not limits.allowed(ADDRESS, network_key="a" * 32)
        assert limits.allowed(ADDRESS, network_key="b" * 32)
        assert limits.allowed(ADDRESS)
        later = now + dt.timedelta(minutes=10, seconds=1)
        assert limits.allowed(ADDRESS, network_key="a" * 32, now=later)

    def test_is_not_misled_by_a_busy_network_about_an_address(self):
        MessageFactory.create_batch(4, kind="comments.confirm", network_key="a" * 32)
        MessageFactory.create_batch(3, kind="comments.confirm", to=ADDRESS)

        assert not limits.allowed(ADDRESS, network_key="a" * 32)

    def test_makes_everyone_wait_when_forms_send_too_much(self, monkeypatch):
        monkeypatch.setattr(limits, "IN_ALL", 5)
        MessageFactory.create_batch(5, kind="comments.confirm")
        now = timezone.now()
        later = now + dt.timedelta(hours=1, seconds=1)

        assert limits.when(ADDRESS, now=now) == now + dt.timedelta(hours=1)
        assert limits.when(ADDRESS, now=later) == later


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
class TestFiftyRequestsAtOnce:
    def test_get_three_mails(self):
        def ask():
            with transaction.atomic():
                if limits.allowed(ADDRESS):
                    MessageFactory(to=ADDRESS, kind="comments.confirm")

        together(50, ask)

        assert Message.objects.count() == 3
