"""How a digest tells who has begun to use a tool."""

import datetime as dt
import threading
import time

import pytest
import time_machine
from django.db import connection, transaction
from django.utils import timezone

from community.digests import digests, editions
from community.subscriptions.models import Subscription
from mail.models import Message
from tests.community.digests.news import SINCE, UNTIL, between, old_tool, use
from tests.factories import SubscriptionFactory, ToolUseFactory, UserFactory
from tests.html import text_of
from tools import uses
from tools.models import ToolUse

SECOND = dt.timedelta(seconds=1)
DAY = dt.timedelta(days=1)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]


class TestTheDigest:
    def test_about_nothing_else_names_the_tool(self):
        SubscriptionFactory(confirmed=True)
        tool = old_tool(title="Lokaal meten")
        ToolUseFactory(tool=tool, organisation__name="Gemeente Stroom & Zo", since_year=2025)

        digests.send_due(now=timezone.now())

        mail = Message.objects.get()
        assert mail.subject == "In gebruik: Lokaal meten"
        assert "WIJ GEBRUIKEN DIT" in mail.text
        assert "Gemeente Stroom & Zo: werkt goed, sinds 2025" in mail.text
        assert "Gemeente Stroom &amp; Zo: werkt goed, sinds 2025" in mail.html

    def test_in_english_is_complete(self):
        SubscriptionFactory(confirmed=True, language="en")
        ToolUseFactory(tool=old_tool(title="Lokaal meten"), since_year=2025)

        digests.send_due(now=timezone.now())

        mail = Message.objects.get()
        assert mail.subject == "Used in practice: Lokaal meten"
        assert "WE USE THIS" in mail.text
        assert "works well, since 2025" in mail.text

    def test_can_be_read_on_the_site(self, client):
        published = use(organisation__name="Gemeente Stroom", note="Het scheelt werk.")
        news = editions.publish(between(), language="nl")
        path = news.web_address.removeprefix("https://estafette.example.org")

        shown = text_of(client.get(path))

        for words in ["Wij gebruiken dit", "Gemeente Stroom: werkt goed", "Het scheelt werk."]:
            assert words in shown
        assert published.tool.title in shown

    def test_tells_what_is_verified_late_in_the_next_one(self):
        SubscriptionFactory(confirmed=True, frequency="daily", confirmed_at=UNTIL)
        editor = UserFactory(is_superuser=True)
        use(UNTIL - SECOND, organisation__name="op tijd")
        late = use(waiting=True, organisation__name="later")
        _send(UNTIL)
        with time_machine.travel(UNTIL, tick=False):
            uses.verify(late, by=editor)

        _send(UNTIL + DAY)
        _send(UNTIL + 2 * DAY)

        first, second = (mail.text for mail in Message.objects.order_by("pk"))
        assert "op tijd" in first
        assert "later" in second
        assert "op tijd" not in second

    def test_is_never_empty(self):
        SubscriptionFactory(confirmed=True)
        use(waiting=True)

        digests.send_due(now=timezone.now())

        assert not Message.objects.exists()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
class TestAVerificationThatIsBeingWritten:
    def test_is_waited_for(self):
        if connection.vendor != "postgresql":
            pytest.skip("SQLite lets one transaction at a time write, so none is late")
        waits = use(waiting=True, organisation__name="op de valreep")
        editor = UserFactory(is_superuser=True)
        SubscriptionFactory(confirmed=True)
        is_verified = threading.Event()

        def verify() -> None:
            with transaction.atomic():
                uses.verify(ToolUse.objects.get(pk=waits.pk), by=editor)
                is_verified.set()
                time.sleep(0.5)  # a request that takes its time to end
            connection.close()

        thread = threading.Thread(target=verify)
        thread.start()
        is_verified.wait(30)
        digests.send_due(now=timezone.now())
        thread.join()

        [digest] = Message.objects.filter(kind="digests.digest")
        assert "op de valreep" in digest.text


def _send(at: dt.datetime) -> None:
    Subscription.objects.update(next_digest_at=SINCE)
    with time_machine.travel(at, tick=False):
        digests.send_due(now=at)
