import datetime as dt
import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from community.digests import digests, holds, runs
from community.digests.models import Delivery, Hold, Introduction
from community.subscriptions import subscriptions
from community.subscriptions.models import Subscription
from mail.models import Message
from tests.factories import (
    BlogPageFactory,
    MessageFactory,
    SubscriptionFactory,
    UserFactory,
)
from tests.html import row, text_of

HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)
OVERVIEW = "overzichten:overview"
NAMES = ["hold", "release", "introduce", "try", "test"]
POSTED = [f"overzichten:{name}" for name in NAMES]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]


@pytest.fixture
def editor(client):
    editor = UserFactory(digests=True, email="redactie@example.org")
    client.force_login(editor)
    return editor


def screen(client) -> str:
    response = client.get(reverse(OVERVIEW))
    assert response.status_code == 200
    return text_of(response)


class TestTheScreen:
    @pytest.mark.parametrize("name", [OVERVIEW, *POSTED])
    def test_is_not_for_who_may_not_manage_digests(self, client, name):
        client.force_login(UserFactory(moderator=True))

        for response in (client.get(reverse(name)), client.post(reverse(name))):
            assert response.status_code in {302, 403, 405}
        assert not Hold.objects.exists()
        assert not Introduction.objects.exists()
        assert not Message.objects.exists()

    @pytest.mark.parametrize("name", POSTED)
    def test_changes_nothing_on_get(self, client, editor, name):
        assert client.get(reverse(name)).status_code == 405
        assert not Hold.objects.exists()

    def test_stands_in_the_menu_of_those_who_may(self, client, editor):
        assert reverse(OVERVIEW) in text_of(client.get(reverse("wagtailadmin_home")))

        client.force_login(UserFactory(moderator=True))
        assert reverse(OVERVIEW) not in text_of(client.get(reverse("wagtailadmin_home")))

    def test_says_when_there_is_nothing_yet(self, client, editor):
        page = screen(client)

        assert "Nog niemand heeft zich geabonneerd." in page
        assert "Er is nog geen overzicht gemaakt." in page

    def test_costs_the_same_for_many_readers_and_runs(self, client, editor, count_queries):
        def ran(days: int) -> None:
            for subscription in SubscriptionFactory.create_batch(2, confirmed=True):
                until = timezone.now() - days * DAY
                Delivery.objects.create(
                    subscription=subscription,
                    since=until - DAY,
                    until=until,
                    message=MessageFactory(),
                )
                Subscription.objects.update(next_digest_at=timezone.now() + days * DAY)

        ran(1)
        few = count_queries(lambda: screen(client))
        for days in range(2, 14):
            ran(days)

        assert count_queries(lambda: screen(client)) == few


class TestTheForms:
    @pytest.mark.parametrize("name", POSTED)
    def test_work_in_a_browser_with_what_the_page_gives(self, editor, name):
        browser = Client(enforce_csrf_checks=True)
        browser.force_login(editor)
        if name == "overzichten:release":
            holds.hold(by=editor, now=timezone.now())
        page = text_of(browser.get(reverse(OVERVIEW)))

        form = page.split(f'action="{reverse(name)}"')[1].split("</form>")[0]
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form)[1]
        response = browser.post(reverse(name), {"csrfmiddlewaretoken": token})

        assert response.status_code in {200, 303}


class TestTheAgenda:
    def test_counts_readers_by_moment_and_frequency(self, client, editor):
        now = timezone.now()
        later = (now + 3 * DAY).replace(minute=0, second=0, microsecond=0)
        SubscriptionFactory.create_batch(3, confirmed=True, next_digest_at=now - HOUR)
        SubscriptionFactory.create_batch(2, confirmed=True, next_digest_at=later)
        SubscriptionFactory(confirmed=True, next_digest_at=later, frequency="daily")
        SubscriptionFactory(ended=True)

        page = screen(client)

        assert row(page, "bij de volgende ronde") == ["bij de volgende ronde", "elke week", "3"]
        assert row(page, "elke dag")[2] == "1"
        assert "In totaal 6 lezers." in page

    def test_is_short_and_says_how_many_come_later(self, client, editor):
        for hours in range(18):
            SubscriptionFactory(confirmed=True, next_digest_at=timezone.now() + (hours + 1) * HOUR)

        assert "3 van hen zijn later aan de beurt." in screen(client)


class TestPastRuns:
    def test_are_told_in_figures(self, client, editor):
        now = timezone.now()
        readers = SubscriptionFactory.create_batch(5, confirmed=True, confirmed_at=now)
        BlogPageFactory(first_published_at=now - HOUR)
        digests.send_due(now=now)
        for reader, state in zip(readers, ["sent", "sent", "deferred", "failed"], strict=False):
            sent_at = now if state == "sent" else None
            Message.objects.filter(to=reader.email).update(state=state, sent_at=sent_at)
        subscriptions.end(readers[0], now=timezone.now())

        page = screen(client)

        until = Delivery.objects.first().until
        [_, *figures] = row(page, timezone.localtime(until).strftime("%H:%M</th>"))
        #       made, accepted, on their way, deferred, bounced, unsubscribed
        assert figures == ["5", "2", "1", "1", "1", "1"]

    def test_count_a_reader_who_left_with_the_last_digest_alone(self):
        reader = SubscriptionFactory(confirmed=True)
        now = timezone.now()
        for days in (3, 2):
            until = now - days * DAY
            Delivery.objects.create(subscription=reader, since=until - DAY, until=until)
        subscriptions.end(reader, now=now)

        assert [run["unsubscribed"] for run in runs.latest()] == [1, 0]


class TestHolding:
    def test_and_releasing_is_a_button(self, client, editor):
        response = client.post(reverse("overzichten:hold"), follow=True)

        assert "Vastgehouden sinds" in text_of(response)
        assert editor.get_full_name() in text_of(response)
        assert holds.current() is not None

        response = client.post(reverse("overzichten:release"), follow=True)

        assert "Vastgehouden sinds" not in text_of(response)
        assert holds.current() is None

    @pytest.mark.parametrize("name", POSTED)
    def test_needs_a_form_of_ours(self, client, editor, name):
        other = Client(enforce_csrf_checks=True)
        other.force_login(editor)

        assert other.post(reverse(name)).status_code == 403
        assert not Hold.objects.exists()


class TestLateness:
    def test_is_told(self, client, editor):
        SubscriptionFactory(confirmed=True, next_digest_at=timezone.now() - 3 * HOUR)

        assert "is niet gekomen" in screen(client)

    def test_is_not_told_of_what_is_in_time(self, client, editor):
        SubscriptionFactory(confirmed=True)

        page = screen(client)

        assert "is niet gekomen" not in page
        assert "De overzichten gaan vanzelf uit" in page


class TestTheIntroduction:
    ADDRESS = "/admin/overzichten/inleiding/"

    def test_is_written_and_shown_again(self, client, editor):
        texts = {"nl": "Welkom in de winter.\r\n\r\nTot dan!", "en": ""}

        page = text_of(client.post(self.ADDRESS, texts, follow=True))

        assert "De inleiding is bewaard." in page
        assert "Welkom in de winter." in page
        written = Introduction.objects.get()
        assert (written.language, written.written_by) == ("nl", editor)
        assert written.text == "Welkom in de winter.\n\nTot dan!"

    @pytest.mark.parametrize(
        "text", ["x" * 1001, "\x00", "\u202e" * 3, "<script>alert(1)</script>", " "]
    )
    def test_takes_any_text_or_says_what_is_wrong(self, client, editor, text):
        response = client.post(self.ADDRESS, {"nl": text})

        assert response.status_code in {303, 422}
        assert "<script>alert" not in screen(client)

    def test_that_is_too_long_stays_in_the_form(self, client, editor):
        response = client.post(self.ADDRESS, {"nl": "x" * 1001})

        assert response.status_code == 422
        assert "x" * 1001 in text_of(response)
