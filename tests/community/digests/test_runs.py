"""Runs of the digests: later, dry, many at once, and for four hundred days."""

import datetime as dt
import itertools

import pytest
import time_machine
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from community.digests import contents
from community.digests.models import Delivery
from community.digests.tasks import send_due_digests
from community.subscriptions import subscriptions
from community.subscriptions.models import Subscription
from mail.models import Message
from tests import factories
from tests.community.digests.sending import DAY, new_post, send
from tests.factories import BlogPageFactory, SubscriptionFactory
from tests.races import together
from tests.shares import THOROUGH

OFTEN = 200  # knocks at odd moments, before they come in longer steps
STEP = 11  # hours, added to those

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]


class TestALaterMoment:
    def test_makes_due_what_is_due_then_but_tells_only_what_has_happened(self):
        SubscriptionFactory(confirmed=True, next_digest_at=timezone.now() + 3 * DAY)
        new_post(title="Nu al")
        assert send().mails == 0

        assert send(timezone.now() + 7 * DAY).mails == 1

        delivery = Delivery.objects.get()
        assert delivery.until <= timezone.now()
        # What is published after this run is told by the next one.
        new_post(title="Daarna")
        send(timezone.now() + 14 * DAY)
        assert "Daarna" in Message.objects.latest("pk").text

    def test_twice_sends_once(self):
        SubscriptionFactory(confirmed=True)
        new_post()
        later = timezone.now() + 30 * DAY

        assert send(later).mails == 1
        assert send(later).mails == 0

    def test_in_the_past_takes_nothing_back(self):
        now = timezone.now()
        subscription = SubscriptionFactory(
            confirmed=True, next_digest_at=now - 9 * DAY, digested_until=now - 2 * DAY
        )
        new_post()

        assert send(now - 5 * DAY).skipped_empty == 1

        subscription.refresh_from_db()
        assert subscription.digested_until == now - 2 * DAY


class TestADryRun:
    def test_counts_and_changes_nothing(self):
        SubscriptionFactory(confirmed=True)
        new_post()
        before = list(Subscription.objects.values())

        outcome = send(dry_run=True)

        assert (outcome.mails, outcome.deliveries) == (1, 1)
        assert list(Subscription.objects.values()) == before
        assert not Message.objects.exists()
        assert send().mails == 1


class TestTheTask:
    def test_leaves_the_last_two_minutes_for_the_next_run(self):
        now = timezone.now()
        SubscriptionFactory(confirmed=True, next_digest_at=now - DAY)
        page = BlogPageFactory(first_published_at=now - 90 * DAY)
        factories.comment(page, at=now - dt.timedelta(minutes=1), text="net goedgekeurd")
        factories.comment(page, at=now - dt.timedelta(minutes=3), text="al even")

        send_due_digests()

        text = Message.objects.get().text
        assert "al even" in text
        assert "net goedgekeurd" not in text
        assert Subscription.objects.get().digested_until < now - dt.timedelta(minutes=1)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
class TestManyRunsAtOnce:
    def test_send_each_digest_once(self):
        readers = SubscriptionFactory.create_batch(12, confirmed=True)
        new_post()
        now = timezone.now()

        outcomes = together(8, send, now)

        assert sum(outcome.mails for outcome in outcomes) == 12
        assert sorted(Message.objects.values_list("to", flat=True)) == sorted(
            reader.email for reader in readers
        )
        assert Delivery.objects.count() == 12

    def test_and_a_reader_who_leaves_end_without_mail_or_with_one_that_is_dropped(self):
        subscription = SubscriptionFactory(confirmed=True)
        new_post()
        now = timezone.now()

        turns = iter(range(8))

        def leave_or_send():
            if next(turns) == 3:
                subscriptions.end(subscription, now=now)
            else:
                send(now)

        together(8, leave_or_send)

        assert not Message.objects.filter(state="queued").exists()


@pytest.mark.long
@pytest.mark.once
class TestFourHundredDays:
    """Whatever beat does, the periods of a reader touch: no gap, no overlap."""

    @settings(
        max_examples=40 if THOROUGH else 4,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
    @given(
        start=st.integers(min_value=0, max_value=364),
        frequency=st.sampled_from(["daily", "weekly", "monthly"]),
        hour=st.sampled_from([0, 2, 3, 8, 23]),
        gaps=st.lists(st.integers(min_value=1, max_value=30 * 60), min_size=30, max_size=30),
    )
    def test_are_covered_once(self, monkeypatch, start, frequency, hour, gaps):
        Subscription.objects.all().delete()
        windows = []

        def record(since, until, *, language, selection):
            windows.append((since, until))
            return contents.Contents(since, until)

        monkeypatch.setattr(contents, "between", record)
        moment = dt.datetime(2026, 1, 1, 9, 30, tzinfo=dt.UTC) + start * DAY
        end = moment + 400 * DAY
        SubscriptionFactory(confirmed=True, frequency=frequency, hour=hour, confirmed_at=moment)
        first = moment - 7 * DAY
        with time_machine.travel(moment, tick=False) as clock:
            turn = 0
            while moment < end:
                clock.move_to(moment)
                send(moment)
                moment += dt.timedelta(minutes=gaps[turn % len(gaps)])
                turn += 1
                if turn > OFTEN:  # the rest in steps of beat's own length of a day
                    moment += dt.timedelta(hours=STEP)

        assert windows[0][0] == first
        for (_, until), (since, _) in itertools.pairwise(windows):
            assert until == since
        assert all(since < until for since, until in windows)
