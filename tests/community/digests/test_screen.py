import datetime as dt
import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from community.digests import digests, holds, runs, trying
from community.digests.models import Delivery, Edition, Hold, Introduction
from community.subscriptions import subscriptions
from community.subscriptions.models import Subscription
from mail.models import Message
from tests.factories import (
    BlogPageFactory,
    ImageFactory,
    MessageFactory,
    SubscriptionFactory,
    UserFactory,
)
from tests.html import text_of

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


def row(page: str, words: str) -> list[str]:
    """Return the cells of the row of the table in which ``words`` stand."""
    [found] = [part for part in re.findall(r"<tr>(.*?)</tr>", page, re.DOTALL) if words in part]
    cells = re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", found, re.DOTALL)
    return [" ".join(cell.split()) for cell in cells]


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


class TestATrial:
    ADDRESS = "/admin/overzichten/proef/"

    def tried(self, client) -> str:
        response = client.post(self.ADDRESS)
        assert response.status_code == 200
        return text_of(response)

    def test_counts_and_shows_and_changes_nothing(self, client, editor):
        now = timezone.now()
        readers = SubscriptionFactory.create_batch(3, confirmed=True, confirmed_at=now)
        SubscriptionFactory(confirmed=True, language="en", confirmed_at=now)
        SubscriptionFactory(confirmed=True, digested_until=now)  # for whom nothing is new
        BlogPageFactory(title="Sensoren & straten", first_published_at=now - HOUR)
        before = list(Subscription.objects.values())

        page = self.tried(client)

        assert row(page, "Lezers die aan de beurt zijn")[1] == "5"
        assert row(page, "Krijgen een mail")[1] == "4"
        assert row(page, "Krijgen niets")[1] == "1"
        assert re.search(r"3 lezers krijgen dit; \d+,\d KiB\.", page)
        assert page.count("<iframe") == 2
        assert all(reader.email not in page for reader in readers)
        assert not Message.objects.exists()
        assert not Edition.objects.exists()
        assert list(Subscription.objects.values()) == before

    def test_shows_three_examples_at_most(self, client, editor):
        now = timezone.now()
        BlogPageFactory(first_published_at=now - HOUR)
        for days in range(5):
            SubscriptionFactory(confirmed=True, digested_until=now - (days + 1) * DAY)

        page = self.tried(client)

        assert page.count("<iframe") == 3
        assert row(page, "Krijgen een mail")[1] == "5"

    def test_says_for_how_many_it_did_not_look(self, client, editor, monkeypatch):
        monkeypatch.setattr(trying, "MOST_GROUPS", 2)
        now = timezone.now()
        for days in range(5):
            SubscriptionFactory(confirmed=True, digested_until=now - (days + 1) * DAY)

        assert row(self.tried(client), "Niet opgezocht")[1] == "3"

    def test_looks_at_the_next_run_when_nobody_is_due(self, client, editor):
        now = timezone.now()
        SubscriptionFactory(confirmed=True, next_digest_at=now + 2 * DAY)
        SubscriptionFactory(confirmed=True, next_digest_at=now + 5 * DAY)

        assert row(self.tried(client), "Lezers die aan de beurt zijn")[1] == "1"

    def test_without_readers_shows_nothing(self, client, editor):
        assert "Er zou geen mail zijn om te laten zien." in self.tried(client)

    def test_warns_of_pictures_without_alternative_text(self, client, editor):
        SubscriptionFactory(confirmed=True)
        now = timezone.now()
        BlogPageFactory(title="Zonder", image=ImageFactory(), first_published_at=now - HOUR)
        BlogPageFactory(
            title="Met", image=ImageFactory(), image_alt="Een kastje", first_published_at=now - HOUR
        )

        page = self.tried(client)

        assert "De afbeelding bij “Zonder” heeft geen alternatieve tekst." in page
        assert "De afbeelding bij “Met”" not in page

    def test_warns_of_a_mail_that_is_cut_off(self, client, editor, monkeypatch):
        monkeypatch.setattr(trying, "TOO_LARGE", 1)
        SubscriptionFactory(confirmed=True)
        BlogPageFactory(first_published_at=timezone.now() - HOUR)

        assert "Gmail kapt een mail van deze grootte af." in self.tried(client)

    def test_shows_the_mail_in_a_frame_that_can_do_nothing(self, client, editor):
        SubscriptionFactory(confirmed=True)
        BlogPageFactory(title="<script>alert(1)</script>", first_published_at=timezone.now() - HOUR)

        page = self.tried(client)

        assert "<script>alert" not in page
        assert re.search(r'<iframe [^>]*\bsandbox srcdoc="', page)


class TestATestMail:
    ADDRESS = "/admin/overzichten/test/"

    def test_goes_to_the_editor_who_asks_and_to_nobody_else(self, client, editor):
        SubscriptionFactory(confirmed=True)
        BlogPageFactory(title="Sensoren op straat", first_published_at=timezone.now() - HOUR)

        page = text_of(client.post(self.ADDRESS, follow=True))

        assert "De test is onderweg naar redactie@example.org." in page
        [message] = Message.objects.all()
        assert (message.to, message.kind) == ("redactie@example.org", "digests.test")
        assert message.subject == "Test: Nieuw: Sensoren op straat"
        assert "Niemand anders krijgt hem." in message.text
        assert "/afmelden/" not in message.text + message.html
        assert not Delivery.objects.exists()

    def test_looks_further_back_when_little_is_new(self, client, editor):
        BlogPageFactory(title="Uit de zomer", first_published_at=timezone.now() - 90 * DAY)

        client.post(self.ADDRESS)

        assert "Uit de zomer" in Message.objects.get().subject

    def test_of_nothing_is_not_sent(self, client, editor):
        page = text_of(client.post(self.ADDRESS, follow=True))

        assert "Er is niets nieuws om een test van te maken." in page
        assert not Message.objects.exists()

    def test_needs_an_address(self, client, editor):
        editor.email = ""
        editor.save()

        page = text_of(client.post(self.ADDRESS, follow=True))

        assert "In je profiel staat geen mailadres." in page
        assert not Message.objects.exists()
