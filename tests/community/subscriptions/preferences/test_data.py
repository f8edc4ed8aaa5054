"""What readers take along and wipe."""

import json
import re

import pytest
from django.utils import timezone

from community.subscriptions import subscriptions
from community.subscriptions.models import Agreement, Subscription
from mail.models import Message
from tests.community.subscriptions.preferences.saving import path_of
from tests.factories import MessageFactory, SubscriptionFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]


class TestExport:
    def test_gives_everything_that_is_kept(self, browser, subscription):
        response = browser.post(path_of(subscription, "export"))

        data = json.loads(response.content)
        assert response["Content-Disposition"] == 'attachment; filename="voorkeuren.json"'
        assert data["email"] == subscription.email
        assert data["choices"] == [{"kind": "everything", "key": "", "name": "Alles wat nieuw is"}]
        assert data["agreements"][0]["consent_text"] == "Ja, stuur mij het overzicht."
        assert "no-store" in response["Cache-Control"]

    def test_is_not_opened_by_a_link(self, browser, subscription):
        assert browser.get(path_of(subscription, "export")).status_code == 405


class TestErase:
    def test_forgets_the_subscription_its_proof_and_its_mails_alone(self, browser, subscription):
        MessageFactory(to=subscription.email, kind=subscriptions.DIGEST)
        kept = MessageFactory(to=subscription.email, kind="notifications.page")
        other = SubscriptionFactory(confirmed=True)

        response = browser.post(path_of(subscription, "erase"))

        assert response.status_code == 200
        assert list(Subscription.objects.all()) == [other]
        assert list(Message.objects.all()) == [kept]
        assert Agreement.objects.get().subscription == other
        assert browser.post(path_of(subscription, "erase")).status_code == 410


class TestAfterUnsubscribing:
    def test_a_reader_can_subscribe_again(self, browser, subscription):
        subscriptions.end(subscription, now=timezone.now())
        assert 'href="/abonneren/"' in browser.get(path_of(subscription)).content.decode()

        browser.post(
            "/abonneren/",
            {"email": subscription.email, "frequency": "monthly", "consent": "on"},
        )
        [link] = re.findall(r"https://\S+/bevestigen/\S+", Message.objects.latest("pk").text)
        browser.post(link.removeprefix("https://estafette.example.org"))

        subscription.refresh_from_db()
        assert (subscription.state, subscription.frequency) == ("confirmed", "monthly")
