import datetime as dt
import re

import pytest
from django.utils import timezone

from community.digests import introductions, trying
from community.digests.models import Delivery, Edition
from community.subscriptions.models import Subscription
from mail.models import Message
from tests.factories import BlogPageFactory, ImageFactory, SubscriptionFactory, UserFactory
from tests.html import row, text_of

HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]


@pytest.fixture
def editor(client):
    editor = UserFactory(digests=True, email="redactie@example.org")
    client.force_login(editor)
    return editor


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

    def test_looks_at_what_each_reader_chose(self, client, editor):
        now = timezone.now()
        post = BlogPageFactory(title="Van een ander", first_published_at=now - HOUR)
        SubscriptionFactory(confirmed=True, confirmed_at=now)
        for key in (str(post.author.pk), str(post.author.pk), str(post.author.pk + 1)):
            reader = SubscriptionFactory(confirmed=True, confirmed_at=now)
            reader.choices.all().delete()
            reader.choices.create(kind="author", key=key)

        page = self.tried(client)

        assert row(page, "Krijgen een mail")[1] == "3"
        assert row(page, "Krijgen niets")[1] == "1"
        assert re.search(r"2 lezers krijgen dit;", page)

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

    def test_shows_the_introduction_to_those_who_had_no_digest_since(self, client, editor):
        now = timezone.now()
        for language, last in (("nl", now - 2 * HOUR), ("en", now - 4 * HOUR)):
            reader = SubscriptionFactory(
                confirmed=True, language=language, digested_until=now - 2 * HOUR
            )
            Delivery.objects.create(subscription=reader, since=now - DAY, until=last)
        texts = {"nl": "Nooit twee keer.", "en": "Only once."}
        introductions.write(texts, by=editor, now=now - 3 * HOUR)
        BlogPageFactory(first_published_at=now - HOUR)

        page = self.tried(client)

        assert "Only once." in page
        assert "Nooit twee keer." not in page

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
