"""The mail that a digest is."""

import email.policy
import re
from email.parser import BytesParser

import pytest
from django.test import Client
from django.utils import timezone

from community.subscriptions import subscriptions, tokens
from community.subscriptions.models import Subscription
from mail import composing
from mail.delivering import deliver_all
from mail.models import Message
from tests.community.digests.sending import new_post, send
from tests.factories import SubscriptionFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]


class TestTheMail:
    @pytest.fixture
    def message(self) -> Message:
        SubscriptionFactory(confirmed=True)
        new_post(title="é" * 200)
        send()
        return Message.objects.get()

    @pytest.fixture
    def parsed(self, message):
        raw = composing.compose(message).message().as_bytes().replace(b"\n", b"\r\n")
        return BytesParser(policy=email.policy.default).parsebytes(raw)

    def test_can_be_unsubscribed_from_in_one_click(self, message, parsed):
        """RFC 8058, section 3.1: an HTTPS address and the fixed words."""
        link = parsed["List-Unsubscribe"].strip(" <>")
        assert link.startswith("https://estafette.example.org/afmelden/")
        assert parsed["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert link in message.text
        assert link in message.html

        path = link.removeprefix("https://estafette.example.org")
        client = Client(enforce_csrf_checks=True)
        response = client.post(path, {"List-Unsubscribe": "One-Click"})

        assert response.status_code == 200
        assert Subscription.objects.get().state == "ended"

    def test_leads_to_the_preferences_without_login(self, message):
        [link] = re.findall(r"https://estafette.example.org(/voorkeuren/\S+)", message.text)

        assert f"https://estafette.example.org{link}" in message.html
        assert Client().get(link).status_code == 200

    def test_says_which_list_it_is_of(self, parsed):
        assert parsed["List-Id"] == "<digest.estafette.example.org>"
        assert parsed["Precedence"] == "bulk"

    def test_has_no_line_that_is_too_long(self, message):
        raw = composing.compose(message).message().as_bytes().replace(b"\n", b"\r\n")

        assert max(len(line) for line in raw.split(b"\r\n")) <= 998

    def test_holds_no_key_of_a_row(self, message):
        subscription = Subscription.objects.get()
        token = tokens.make(tokens.UNSUBSCRIBE, subscription.public_id)

        assert token.split(".")[0] == subscription.public_id.hex
        assert subscription.email not in message.text + message.html

    def test_is_not_sent_after_unsubscribing(self, message, mailoutbox):
        subscriptions.end(Subscription.objects.get(), now=timezone.now())

        deliver_all()

        assert mailoutbox == []
