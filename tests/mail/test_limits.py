import datetime as dt
import itertools

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone

from mail import delivering, limits
from mail.models import Message
from tests.factories import MessageFactory
from tests.races import together

ADDRESS = "lezer@example.org"
HOUR = dt.timedelta(hours=1)


def ask(to: str, *, now: dt.datetime | None = None, network_key: str = "") -> dt.datetime | None:
    """Do what a form does: ask, and write the mail down if that may be."""
    with transaction.atomic():
        due_at = limits.when(to, now=now, network_key=network_key)
        if due_at:
            MessageFactory(to=to, kind="comments.confirm", due_at=due_at, network_key=network_key)
    return due_at


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

    def test_counts_twenty_mails_in_ten_minutes_for_all_networks_around_one(self):
        for number in range(19):
            MessageFactory(kind="comments.confirm", network_key="a" * 16 + f"{number:016}")
        assert limits.allowed(ADDRESS, network_key="a" * 32)

        MessageFactory(kind="comments.confirm", network_key="a" * 16 + "b" * 16)
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

    def test_counts_only_what_lets_in_for_whom_it_lets_in(self):
        known = {"network_key": "a" * 32, "lets_in": True}
        MessageFactory.create_batch(5, kind="comments.confirm", to=ADDRESS, network_key="a" * 32)
        assert limits.when(ADDRESS, **known) is not None

        MessageFactory.create_batch(3, kind="members.code", to=ADDRESS, lets_in=True)

        assert limits.when(ADDRESS, **known) is None
        assert limits.when(ADDRESS, **known, per_address=4) is not None


@pytest.mark.django_db
class TestTooMuchInAll:
    @pytest.fixture(autouse=True)
    def _five_an_hour(self, settings):
        settings.FORM_MAILS_PER_HOUR = 5

    def test_makes_everyone_wait_until_the_hour_has_room(self):
        now = timezone.now()
        MessageFactory.create_batch(5, kind="comments.confirm", due_at=now)
        later = now + HOUR + dt.timedelta(seconds=1)

        assert limits.when(ADDRESS, now=now) == now + HOUR
        assert limits.when(ADDRESS, now=later) == later

    def test_is_not_made_by_digests_or_by_what_was_cancelled(self):
        now = timezone.now()
        MessageFactory.create_batch(4, kind="comments.confirm", due_at=now)
        MessageFactory(kind="digests.digest", due_at=now)
        MessageFactory(kind="comments.confirm", due_at=now, state="cancelled")

        assert limits.when(ADDRESS, now=now) == now

    def test_leaves_in_the_order_in_which_it_came_and_never_at_once(self):
        now = timezone.now()
        moments = [ask(f"lezer{number}@example.org", now=now) for number in range(23)]

        assert moments == sorted(moments)
        assert moments[:5] == [now] * 5
        for first, sixth in zip(moments, moments[5:], strict=False):
            assert sixth - first >= HOUR
        for first, second in itertools.pairwise(moments[5:]):
            assert second - first >= HOUR / 5

    def test_is_over_when_what_was_held_has_left(self):
        start = timezone.now()
        for number in range(10):
            ask(f"lezer{number}@example.org", now=start)

        assert limits.when(ADDRESS, now=start + 4 * HOUR) == start + 4 * HOUR

    def test_holds_a_pile_that_waited_for_the_mail_server(self, server):
        now = timezone.now()
        MessageFactory.create_batch(12, kind="comments.confirm", due_at=now - 5 * HOUR)
        MessageFactory(kind="digests.digest", due_at=now)

        delivering.deliver_all()

        assert len(server.mails) == 5 + 1
        held = Message.objects.filter(state="deferred").values_list("due_at", flat=True)
        assert len(set(held)) == 7
        assert min(held) >= now + HOUR
        assert max(held) <= timezone.now() + 2 * HOUR

    def test_lets_the_pile_go_hour_by_hour(self, server):
        MessageFactory.create_batch(12, kind="comments.confirm")
        start = timezone.now()

        for hour in range(8):
            with time_machine.travel(start + hour * HOUR, tick=False):
                before = len(server.mails)
                delivering.deliver_all()
                assert len(server.mails) - before <= 5

        assert len(server.mails) == 12


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
class TestManyRequestsAtOnce:
    def test_from_all_networks_around_one_get_twenty_mails(self):
        numbers = iter(range(25))

        def request() -> None:
            number = next(numbers)
            ask(f"lezer{number}@example.org", network_key="a" * 16 + f"{number:016}")

        assert together(25, request) == [None] * 25

        assert Message.objects.count() == 20

    def test_from_one_network_get_five_mails_whatever_their_addresses(self):
        addresses = iter([f"lezer{number}@example.org" for number in range(20)])

        def request() -> None:
            ask(next(addresses), network_key="a" * 32)

        assert together(20, request) == [None] * 20

        assert Message.objects.count() == 5

    def test_for_one_address_and_one_network_never_wait_for_each_other(self):
        """Each names two things that others name too, in any order."""
        turns = iter(range(20))

        def request() -> None:
            number = next(turns)
            ask(f"lezer{number % 3}@example.org", network_key=f"{number % 2}" * 32)

        assert together(20, request) == [None] * 20


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
class TestFiftyRequestsAtOnce:
    def test_get_three_mails(self):
        def ask():
            with transaction.atomic():
                if limits.allowed(ADDRESS):
                    MessageFactory(to=ADDRESS, kind="comments.confirm")

        together(50, ask)

        assert Message.objects.count() == 3
