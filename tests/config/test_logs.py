"""What is logged while people do what they come for names nobody and opens nothing."""

import io
import logging
import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from community.comments import own
from community.comments.models import Comment
from community.comments.tasks import purge as purge_comments
from community.digests.tasks import send_due_digests
from community.members.tasks import purge as purge_members
from community.moderation import decisions
from community.notifications.tasks import announce
from community.subscriptions.models import Subscription
from mail.models import Message
from mail.tasks import deliver_due
from tests import factories

ADDRESS, OTHER = "kanarie7f3@example.org", "kanarie8e2@example.org"
NAME, WORDS, PASSWORD = "Karel Kanarie", "Kanariewoorden, en nog meer", "een kanarie in de mijn"
NETWORK = "203.0.113.77"
SAID = re.compile(r"kanarie|203\.0\.113", re.IGNORECASE)
TOKEN = re.compile(r"/(?:bevestigen|stoppen|afmelden)/([^/\s\"?]+)/|sleutel=([\w.:-]+)")
CODE = re.compile(r"^[A-Z]{4}-[A-Z]{4}$", re.MULTILINE)
METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH")


def breaks(request):
    """Fail as a view may: with what was sent within reach."""
    address = request.POST["email"]
    raise LookupError(len(address))


urlpatterns = [path("breekt/", csrf_exempt(breaks))]


@pytest.fixture
def logged():
    """What our own handler writes, as in production."""
    handler = logging._handlers["stderr"]  # getHandlerByName comes with Python 3.12
    stream = io.StringIO()
    before = handler.setStream(stream)
    yield stream
    handler.setStream(before)


@pytest.fixture
def reader() -> Client:
    """A browser on the canary's network."""
    cache.clear()
    client = Client(headers={"Sec-Fetch-Site": "same-origin"}, REMOTE_ADDR=NETWORK)
    client.raise_request_exception = False
    return client


@pytest.fixture
def post(site):
    return factories.BlogPageFactory()


def mailed() -> set[str]:
    """Return the tokens and codes of all mails that were written."""
    texts = [f"{mail.text}\n{mail.html}" for mail in Message.objects.all()]
    tokens = {one or other for text in texts for one, other in TOKEN.findall(text)}
    return tokens | {code for text in texts for code in CODE.findall(text)}


def found(stream: io.StringIO) -> list[str]:
    """Return the lines of the log that say too much."""
    secrets = mailed()
    return [
        line
        for line in stream.getvalue().splitlines()
        if SAID.search(line) or any(secret in line for secret in secrets)
    ]


def write(reader, post, **changes) -> Comment:
    form = {"name": NAME, "email": ADDRESS, "comment": WORDS, "follow": "page", **changes}
    reader.post(reverse("comments:post", args=[post.pk]), form)
    return Comment.objects.latest("pk")


def links() -> list[str]:
    """Return the paths of all links with a token in the mails."""
    site = "https://estafette.example.org"
    words = [word for mail in Message.objects.all() for word in mail.text.split()]
    return [word.removeprefix(site) for word in words if TOKEN.search(word)]


@pytest.mark.django_db
class TestTheLog:
    def test_of_comments_and_following_names_nobody(self, reader, post, logged):
        comment = write(reader, post)
        reader.post(reverse("notifications:follow", args=[post.pk]), {"email": OTHER})
        for link in links():
            reader.get(link)
            reader.post(link)
        comment.refresh_from_db()
        editor = factories.UserFactory(moderator=True)
        decisions.reject(comment, by=editor, reason="offensive", explanation=WORDS)
        for name in ("state", "edit", "object", "delete"):
            address = reverse(f"own:{name}", args=[comment.public_id])
            form = {"comment": WORDS, "objection": WORDS, own.FIELD: own.key(comment)}
            reader.get(f"{address}?{own.FIELD}={own.key(comment)}")
            reader.post(address, form)

        assert mailed()
        assert found(logged) == []

    def test_of_odd_requests_opens_nothing(self, reader, post, logged):
        write(reader, post)
        reader.post(reverse("notifications:follow", args=[post.pk]), {"email": OTHER})
        form = {"email": ADDRESS, "frequency": "weekly", "consent": "on"}
        reader.post(reverse("subscriptions:subscribe"), form)

        for link in links():
            for method in METHODS:
                reader.generic(method, link)
            reader.post(link, headers={"Sec-Fetch-Site": "cross-site"})
            reader.post(link, {"comment": "x" * 70_000})
            reader.get(link.rstrip("/"))
            reader.get(f"{link}x/")
            reader.get(link, headers={"Host": "kwaad.example"})

        assert len(links()) >= 4
        assert "Method Not Allowed" in logged.getvalue()
        assert found(logged) == []

    def test_of_an_account_names_nobody(self, reader, site, logged):
        form = {"name": NAME, "email": ADDRESS, "password1": PASSWORD}
        reader.post(reverse("account_signup"), form)
        [code] = CODE.findall(Message.objects.latest("pk").text)
        reader.post(reverse("account_email_verification_sent"), {"code": code})
        reader.post(reverse("members:logout"))
        for _ in range(7):
            reader.post(reverse("members:login"), {"username": ADDRESS, "password": WORDS})
        for name in ("account_request_login_code", "account_reset_password"):
            reader.post(reverse(name), {"email": ADDRESS})
            reader.post(reverse(name), {"email": OTHER})
        reader.post(reverse("account_confirm_login_code"), {"code": "AAAA-AAAA"})

        assert found(logged) == []

    def test_of_mail_that_fails_names_nobody(self, reader, post, logged, server):
        server.replies = {ADDRESS: f"550 <{ADDRESS}> unknown", OTHER: f"450 <{OTHER}> later"}
        write(reader, post)
        write(reader, post, email=OTHER)
        factories.SubscriptionFactory(email=ADDRESS, confirmed=True)
        week = timezone.now() - timedelta(days=8)
        Subscription.objects.update(next_digest_at=week, digested_until=week)
        factories.MessageFactory(to=ADDRESS, subject="Twee\nregels")

        for task in (announce, send_due_digests, deliver_due, purge_comments, purge_members):
            task.apply(throw=True)
        server.drops = {ADDRESS, OTHER}
        Message.objects.update(due_at=timezone.now(), state="queued", sent_at=None)
        deliver_due.apply(throw=True)
        server.close()
        Message.objects.update(due_at=timezone.now(), state="queued", sent_at=None)
        deliver_due.apply(throw=True)

        assert "mail server is away" in logged.getvalue()
        assert found(logged) == []

    def test_of_a_page_that_breaks_names_nobody(self, reader, post, logged, settings):
        settings.ROOT_URLCONF = "tests.config.test_logs"

        response = reader.post("/breekt/", {"email": ADDRESS, "comment": WORDS, "name": NAME})

        assert response.status_code == 500
        assert "Internal Server Error: /breekt/" in logged.getvalue()
        assert found(logged) == []
