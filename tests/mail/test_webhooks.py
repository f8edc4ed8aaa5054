"""What a provider tells, as Postmark words it; django-anymail reads the others alike."""

import base64

import pytest

from config import urls
from mail import composing, suppression
from mail.models import Bounce, Suppression
from tests.factories import MessageFactory

SECRET = "provider:a long word for a test"
ADDRESS = "/post/postmark/tracking/"

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.mail.webhook_urls")]


@pytest.fixture(autouse=True)
def _a_provider(settings):
    settings.ANYMAIL = {"WEBHOOK_SECRET": SECRET}


def tell(client, secret: str = SECRET, **event):
    signed = {"authorization": "Basic " + base64.b64encode(secret.encode()).decode()}
    return client.post(ADDRESS, event, content_type="application/json", headers=signed)


def bounce(client, message, *, sort: str = "HardBounce", words: str = "", **more):
    return tell(
        client,
        RecordType="Bounce",
        ID=1,
        Type=sort,
        MessageID="883953f4-6105-42a2-a16a-77a8eac79483",
        Email=message.to,
        Details=words,
        BouncedAt="2026-11-26T12:00:00Z",
        **more,
    )


class TestABounce:
    @pytest.mark.parametrize(
        ("sort", "words", "is_gone"),
        [
            ("HardBounce", "", True),
            ("HardBounce", "smtp;550 5.1.1 The email account does not exist", True),
            ("SoftBounce", "smtp;452 4.2.2 mailbox full", False),
            ("HardBounce", "smtp;550 5.7.1 blocked by policy", False),
        ],
    )
    def test_suppresses_an_address_that_is_gone_and_no_other(self, client, sort, words, is_gone):
        message = MessageFactory(sent=True, attempts=1)

        assert bounce(client, message, sort=sort, words=words).status_code == 200

        assert suppression.is_suppressed(message.to) is is_gone
        assert Bounce.objects.get().message == message

    def test_that_comes_twice_changes_no_more(self, client):
        message = MessageFactory(sent=True, attempts=1)

        for _ in range(2):
            bounce(client, message)

        assert Suppression.objects.count() == 1

    def test_is_about_the_mail_that_it_names(self, client):
        named, _later = MessageFactory.create_batch(2, sent=True, attempts=1, to="a@example.org")

        bounce(client, named, Metadata={"mail": composing.message_id(named)})

        assert Bounce.objects.get().message == named

    def test_of_a_mail_that_we_never_sent_is_not_believed(self, client):
        waiting = MessageFactory(to="a@example.org")

        assert bounce(client, waiting).status_code == 200

        assert not Suppression.objects.exists()


class TestAComplaint:
    def test_suppresses_at_once(self, client):
        message = MessageFactory(sent=True, attempts=1)

        tell(client, RecordType="SpamComplaint", ID=2, Type="SpamComplaint", Email=message.to)

        assert suppression.is_suppressed(message.to)
        assert Bounce.objects.get().kind == "complaint"


class TestWhatIsNoFailure:
    @pytest.mark.parametrize("sort", ["Delivery", "Open", "Click"])
    def test_changes_nothing(self, client, sort):
        message = MessageFactory(sent=True, attempts=1)

        tell(client, RecordType=sort, Recipient=message.to, MessageID="x")

        assert not Bounce.objects.exists()


class TestAStranger:
    @pytest.mark.parametrize("secret", ["", "provider:", "provider:another word"])
    def test_is_not_heard(self, client, secret):
        message = MessageFactory(sent=True, attempts=1)

        answer = tell(client, secret, RecordType="SpamComplaint", ID=2, Email=message.to)

        assert answer.status_code == 400
        assert not Suppression.objects.exists()

    @pytest.mark.parametrize("body", ["", "{", "[]", "null", '{"RecordType": 3}', "\x00"])
    def test_never_breaks_anything_with_odd_words(self, client, body):
        signed = {"authorization": "Basic " + base64.b64encode(SECRET.encode()).decode()}
        client.raise_request_exception = False

        answer = client.post(ADDRESS, body, content_type="application/json", headers=signed)

        assert answer.status_code in (200, 400)


def test_nobody_is_heard_where_no_secret_is_set():
    assert all(str(found.pattern) != "post/" for found in urls.urlpatterns)
