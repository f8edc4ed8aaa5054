"""Somebody asks for digests, and what nobody confirms is forgotten."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from community.subscriptions import subscriptions
from community.subscriptions.models import Agreement, Subscription
from community.subscriptions.tasks import purge
from mail.models import Message
from tests.community.subscriptions.subscriptions.asking import (
    State,
    mailed_token,
    request,
    unsubscribe_token,
)
from tests.factories import AgreementFactory, MessageFactory, SubscriptionFactory

pytestmark = pytest.mark.both


@pytest.mark.django_db
class TestRequest:
    def test_waits_for_confirmation_and_keeps_the_consent(self):
        request(frequency="daily", language="en")

        subscription = Subscription.objects.get()
        assert subscription.state == State.PENDING
        assert (subscription.frequency, subscription.language) == ("daily", "en")
        assert subscription.consent_text == "Ja."
        assert subscription.consent_version == "1"
        assert subscription.consent_page == "/abonneren/"
        [message] = Message.objects.all()
        assert message.kind == "subscriptions.confirm"
        assert "/en/abonneren/bevestigen/" in message.text

    def test_of_a_confirmed_address_changes_nothing_and_says_so_by_mail(self):
        before = SubscriptionFactory(confirmed=True, email="Lezer@example.org")

        request(email="lezer@EXAMPLE.org", frequency="daily", language="en")

        after = Subscription.objects.get()
        assert (after.frequency, after.state) == ("weekly", State.CONFIRMED)
        assert after.consent_text == before.consent_text
        [message] = Message.objects.all()
        assert message.kind == "subscriptions.already"
        assert message.language == "nl"
        assert unsubscribe_token(after).split(".")[0] in message.text

    @pytest.mark.parametrize("state", ["confirmed", "ended"])
    def test_by_a_stranger_changes_nothing_of_what_an_address_agreed_to(self, state):
        was = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
        moments = {"requested_at": was, "confirmed_at": was, "consent_text": "Oud."}
        SubscriptionFactory(email="lezer@example.org", **{state: True}, **moments)
        before = Subscription.objects.values().get()
        proof = Agreement.objects.values().get()

        request(frequency="daily", language="en")

        assert Subscription.objects.values().get() == before
        assert Agreement.objects.filter(confirmed_at__isnull=False).values().get() == proof

    def test_of_an_ended_address_begins_again_with_the_new_consent_once_confirmed(self):
        SubscriptionFactory(ended=True, email="lezer@example.org", consent_text="Oud.")
        now = timezone.now()
        request(frequency="daily", language="en", now=now)

        subscriptions.confirm(mailed_token(), now=now + dt.timedelta(minutes=7))

        subscription = Subscription.objects.get()
        assert subscription.state == State.CONFIRMED
        assert (subscription.frequency, subscription.language) == ("daily", "en")
        assert (subscription.consent_text, subscription.requested_at) == ("Ja.", now)
        assert subscription.confirmed_at == now + dt.timedelta(minutes=7)
        assert subscription.ended_at is None

    def test_gets_no_mail_beyond_three_a_day(self):
        for _ in range(5):
            request()

        assert Message.objects.count() == 3

    def test_does_not_change_what_it_may_not_mail_about(self):
        MessageFactory.create_batch(3, to="lezer@example.org", kind="comments.confirm")

        request()

        assert not Subscription.objects.exists()


@pytest.mark.django_db
class TestPurge:
    @staticmethod
    def purge(moment: dt.datetime) -> None:
        with time_machine.travel(moment, tick=False):
            purge()

    def test_forgets_who_did_not_confirm_within_seven_days(self):
        asked = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
        SubscriptionFactory(requested_at=asked)

        self.purge(asked + dt.timedelta(days=7))
        assert Subscription.objects.exists()

        self.purge(asked + dt.timedelta(days=7, seconds=1))
        assert not Subscription.objects.exists()
        assert not Agreement.objects.exists()

    @pytest.mark.parametrize("state", ["confirmed", "ended"])
    def test_keeps_who_did_with_the_proof(self, state):
        asked = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
        subscription = SubscriptionFactory(requested_at=asked, confirmed_at=asked, **{state: True})
        AgreementFactory(subscription=subscription, requested_at=asked, consent_text="Later.")

        self.purge(asked + dt.timedelta(days=400))

        assert Agreement.objects.get().confirmed_at == asked
        assert Subscription.objects.get().state == state

    def test_keeps_who_asked_again_since(self):
        asked = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
        for moment in (asked, asked + dt.timedelta(days=5)):
            with time_machine.travel(moment, tick=False):
                request(now=moment)

        self.purge(asked + dt.timedelta(days=8))

        assert Subscription.objects.count() == Agreement.objects.count() == 1
