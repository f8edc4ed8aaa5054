import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from community.subscriptions import consent, selections, subscriptions, tokens
from community.subscriptions.models import Agreement, Subscription
from community.subscriptions.selections import Selection
from community.subscriptions.tasks import purge
from mail.models import Message
from tests.factories import AgreementFactory, MessageFactory, SubscriptionFactory
from tests.races import together

pytestmark = pytest.mark.both

CONSENT = consent.Consent(text="Ja.", version="1", page="/abonneren/")
State = Subscription.State


def request(email="lezer@example.org", **kwargs):
    defaults = {"frequency": "weekly", "language": "nl", "consent": CONSENT, "now": timezone.now()}
    subscriptions.request(email=email, **{**defaults, **kwargs})


def confirm_token(subscription) -> str:
    return tokens.make(tokens.CONFIRM, subscription.public_id)


def mailed_token() -> str:
    """Return the token of the confirmation that was mailed last."""
    return Message.objects.latest("pk").text.split("/bevestigen/")[1].split("/")[0]


def unsubscribe_token(subscription) -> str:
    return tokens.make(tokens.UNSUBSCRIBE, subscription.public_id)


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
