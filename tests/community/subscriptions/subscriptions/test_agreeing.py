"""Subscriptions that are confirmed and ended, with the proof of it."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from community.subscriptions import consent, selections, subscriptions, tokens
from community.subscriptions.models import Agreement, Subscription
from community.subscriptions.selections import Selection
from mail.models import Message
from tests.community.subscriptions.subscriptions.asking import (
    State,
    mailed_token,
    request,
    unsubscribe_token,
)
from tests.factories import AgreementFactory, MessageFactory, SubscriptionFactory
from tests.races import together

pytestmark = pytest.mark.both


def confirm_token(subscription) -> str:
    return tokens.make(tokens.CONFIRM, subscription.public_id)


@pytest.mark.django_db
class TestAgreements:
    def test_prove_each_time_what_was_shown_when_and_where(self):
        first = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
        texts = ["Ja.", "Ja, graag."]
        moments = [first + dt.timedelta(days=100 * number) for number in range(2)]
        minutes = dt.timedelta(minutes=1)
        for text, moment in zip(texts, moments, strict=True):
            with time_machine.travel(moment, tick=False):
                given = consent.Consent(text=text, version=text, page=f"/{text}/")
                request(consent=given, now=moment)
                subscriptions.confirm(mailed_token(), now=moment + 7 * minutes)
                subscription = Subscription.objects.get()
                subscriptions.end(subscription, now=moment + 9 * minutes)

        kept = Agreement.objects.order_by("pk")
        assert [agreement.consent_text for agreement in kept] == texts
        assert [agreement.consent_page for agreement in kept] == ["/Ja./", "/Ja, graag./"]
        for agreement, moment in zip(kept, moments, strict=True):
            assert agreement.requested_at == moment
            assert agreement.confirmed_at == moment + 7 * minutes
            assert agreement.ended_at == moment + 9 * minutes

    def test_are_confirmed_each_by_its_own_link(self):
        now = timezone.now()
        request(frequency="weekly", now=now)
        own = mailed_token()
        request(frequency="daily", now=now)

        subscriptions.confirm(own, now=now)

        assert Subscription.objects.get().frequency == "weekly"
        assert Agreement.objects.get(confirmed_at__isnull=False).frequency == "weekly"

    def test_that_are_confirmed_later_change_nothing_of_a_subscription_that_runs(self):
        now = timezone.now()
        request(frequency="weekly", now=now)
        subscriptions.confirm(mailed_token(), now=now)
        running = Subscription.objects.values().get()
        other = AgreementFactory(subscription=Subscription.objects.get(), frequency="daily")

        subscriptions.confirm(confirm_token(other), now=now + dt.timedelta(days=1))

        assert Subscription.objects.values().get() == running

    def test_from_before_the_end_do_not_begin_again(self):
        now = timezone.now()
        request(now=now)
        early = mailed_token()
        subscriptions.end(Subscription.objects.get(), now=now)

        with pytest.raises(subscriptions.Ended):
            subscriptions.confirm(early, now=now)


@pytest.mark.django_db
class TestConfirm:
    @pytest.mark.parametrize(
        ("frequency", "days"), [("at_once", 1), ("daily", 1), ("weekly", 7), ("monthly", 31)]
    )
    def test_makes_the_first_digest_due_about_the_last_period(self, frequency, days):
        subscription = SubscriptionFactory(frequency=frequency)
        now = timezone.now()

        subscriptions.confirm(confirm_token(subscription), now=now)

        subscription.refresh_from_db()
        assert subscription.state == State.CONFIRMED
        assert subscription.digested_until == now - dt.timedelta(days=days)
        assert list(Subscription.objects.due(now)) == [subscription]

    def test_takes_over_what_was_chosen_and_not_before(self):
        chosen = Selection.of([("tag", "water"), ("tools", "")])
        request(selection=chosen)
        assert not selections.of(Subscription.objects.get()).choices

        subscriptions.confirm(mailed_token(), now=timezone.now())

        assert selections.of(Subscription.objects.get()) == chosen

    def test_twice_changes_nothing(self):
        subscription = SubscriptionFactory()
        first = timezone.now()
        subscriptions.confirm(confirm_token(subscription), now=first)

        again = subscriptions.confirm(confirm_token(subscription), now=first + dt.timedelta(days=1))

        assert again.confirmed_at == first

    def test_of_an_ended_subscription_is_refused(self):
        subscription = SubscriptionFactory(ended=True)

        with pytest.raises(subscriptions.Ended):
            subscriptions.confirm(confirm_token(subscription), now=timezone.now())

    def test_of_a_deleted_subscription_is_refused(self):
        token = confirm_token(SubscriptionFactory.build())

        with pytest.raises(Subscription.DoesNotExist):
            subscriptions.confirm(token, now=timezone.now())


@pytest.mark.django_db
class TestEnd:
    @pytest.mark.parametrize("state", ["pending", "confirmed", "ended"])
    def test_ends_whatever_the_state(self, state):
        traits = {"confirmed": {"confirmed": True}, "ended": {"ended": True}}
        subscription = SubscriptionFactory(**traits.get(state, {}))

        subscriptions.end_by_link(unsubscribe_token(subscription), now=timezone.now())

        subscription.refresh_from_db()
        assert subscription.state == State.ENDED

    def test_twice_keeps_the_first_moment(self):
        subscription = SubscriptionFactory(confirmed=True)
        first = timezone.now()
        token = unsubscribe_token(subscription)

        subscriptions.end_by_link(token, now=first)
        subscriptions.end_by_link(token, now=first + dt.timedelta(days=1))

        subscription.refresh_from_db()
        assert subscription.ended_at == first

    def test_drops_the_digest_that_waits_to_be_sent(self):
        subscription = SubscriptionFactory(confirmed=True)
        digest = MessageFactory(kind=subscriptions.DIGEST, to=subscription.email)
        other = MessageFactory(kind="comments.confirm", to=subscription.email)

        subscriptions.end(subscription, now=timezone.now())

        digest.refresh_from_db()
        other.refresh_from_db()
        assert (digest.state, other.state) == ("cancelled", "queued")

    def test_works_when_the_subscription_is_gone(self):
        subscriptions.end_by_link(
            unsubscribe_token(SubscriptionFactory.build()), now=timezone.now()
        )


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
class TestManyAtOnce:
    def test_confirm_one_link_once(self):
        token = confirm_token(SubscriptionFactory())
        base = timezone.now()
        moments = iter([base + dt.timedelta(seconds=number) for number in range(20)])

        results = together(20, lambda: subscriptions.confirm(token, now=next(moments)))

        assert len({result.confirmed_at for result in results}) == 1
        assert all(result.state == State.CONFIRMED for result in results)

    def test_requests_make_one_subscription_and_three_mails(self):
        results = together(20, request)

        assert results == [None] * 20
        assert Subscription.objects.count() == 1
        assert Message.objects.count() == 3

    def test_confirming_and_ending_leave_one_consistent_state(self):
        subscription = SubscriptionFactory()
        now = timezone.now()

        turns = iter(range(20))

        def confirm_or_end():
            if next(turns) % 2:
                subscriptions.end_by_link(unsubscribe_token(subscription), now=now)
            else:
                subscriptions.confirm(confirm_token(subscription), now=now)

        together(20, confirm_or_end)

        subscription.refresh_from_db()
        assert subscription.state == State.ENDED
