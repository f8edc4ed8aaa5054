import datetime as dt
import re

import pytest
import time_machine
from django.utils import timezone

from community.digests import contents, digests, letters
from community.digests.models import Delivery
from community.subscriptions.models import Subscription
from mail.models import Message
from tests import factories
from tests.community.digests.sending import DAY, new_post, send
from tests.factories import BlogPageFactory, SubscriptionFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]


class TestSendDue:
    def test_mails_each_due_reader_once(self):
        reader = SubscriptionFactory(confirmed=True)
        post = new_post(title="Sensoren op straat")
        SubscriptionFactory()
        SubscriptionFactory(ended=True)

        first, second = send(), send()

        assert (first.deliveries, first.mails, first.periods) == (1, 1, 1)
        assert (second.deliveries, second.skipped_empty) == (0, 0)
        [message] = Message.objects.all()
        assert message.to == reader.email
        assert post.title in message.subject
        assert post.title in message.text
        assert post.title in message.html
        assert Delivery.objects.get().message == message

    def test_is_never_empty(self):
        SubscriptionFactory(confirmed=True)

        outcome = send()

        assert (outcome.skipped_empty, outcome.mails) == (1, 0)
        assert not Message.objects.exists()
        assert not Delivery.objects.exists()
        assert not Subscription.objects.due(timezone.now()).exists()

    def test_tells_nothing_twice_and_skips_nothing(self):
        start = timezone.now()
        SubscriptionFactory(confirmed=True, frequency="daily", confirmed_at=start)
        new_post(title="Eerste")
        send()
        with time_machine.travel(start + DAY):
            new_post(title="Tweede")
        with time_machine.travel(start + 2 * DAY):
            send()

        one, two = Message.objects.order_by("pk")
        assert "Eerste" in one.text
        assert "Eerste" not in two.text
        assert "Tweede" in two.text

    def test_names_the_page_when_there_are_only_comments(self):
        page = BlogPageFactory(title="Datakookboek", first_published_at=timezone.now() - 90 * DAY)
        factories.comment(page, name="José & Zoë", text="Dit werkt bij ons ook.")
        SubscriptionFactory(confirmed=True)

        send()

        message = Message.objects.get()
        assert "Datakookboek" in message.subject
        assert "José & Zoë" in message.text
        assert "José &amp; Zoë" in message.html
        assert "Dit werkt bij ons ook." in message.text

    def test_speaks_the_language_of_the_reader(self):
        SubscriptionFactory(confirmed=True, language="en")
        SubscriptionFactory(confirmed=True, language="nl")
        new_post()

        send()

        english, dutch = Message.objects.get(language="en"), Message.objects.get(language="nl")
        assert "New posts" in english.html
        assert "https://estafette.example.org/en/afmelden/" in english.text
        assert "https://estafette.example.org/afmelden/" in dutch.text

    def test_says_since_when_and_that_it_is_since_the_last_digest_if_there_was_one(self):
        start = dt.datetime(2026, 11, 9, 9, tzinfo=dt.UTC)
        BlogPageFactory(first_published_at=start - DAY)
        BlogPageFactory(first_published_at=start + 10 * DAY)
        with time_machine.travel(start, tick=False):
            SubscriptionFactory(confirmed=True)
            send()
        with time_machine.travel(start + 7 * DAY, tick=False):
            send()  # nothing is new, so nothing is sent
        with time_machine.travel(start + 14 * DAY, tick=False):
            send()

        first, second = Message.objects.order_by("pk")
        assert "2 november tot 9 november 2026" in first.text
        assert "Sinds je laatste overzicht van 9 november" in second.text
        assert "Sinds je laatste overzicht van 9 november" in second.html

    def test_tells_of_pictures_turns_conversations_and_tools(self):
        SubscriptionFactory(confirmed=True)
        author = factories.AuthorFactory(user=factories.UserFactory())
        image = factories.ImageFactory()
        page = new_post(image=image, image_alt="Een rij meetkastjes", author=author)
        factories.comment(page, user=author.user, text="Zo doen wij het.")
        factories.ToolPageFactory(title="Datakookboek", first_published_at=timezone.now())
        factories.LinkFactory(chain__name="Van buiten naar binnen")

        send()

        message = Message.objects.get()
        assert 'alt="Een rij meetkastjes"' in message.html
        for words in (message.text, message.html):
            assert "Datakookboek" in words
            assert "Van buiten naar binnen" in words
            assert "schreef dit bericht" in words

    def test_leads_to_what_did_not_fit(self):
        SubscriptionFactory(confirmed=True)
        page = BlogPageFactory(first_published_at=timezone.now() - 90 * DAY)
        for _ in range(22):
            factories.comment(page)

        send()

        message = Message.objects.get()
        assert "Nog 12 reacties in dit gesprek" in message.text
        assert "Nog 12 reacties in dit gesprek" in message.html

    def test_asks_nothing_of_anyone_else(self):
        """Pictures come from our own site, and are the same for every reader."""
        SubscriptionFactory(confirmed=True)
        new_post(image=factories.ImageFactory())

        send()

        html = Message.objects.get().html
        sources = re.findall(r'(?:src|background|srcset)="([^"]*)"', html) + re.findall(
            r"url\(([^)]*)\)", html
        )
        assert sources
        assert all(source.startswith("https://estafette.example.org/media/") for source in sources)
        assert "<link" not in html

    def test_escapes_what_people_wrote(self):
        SubscriptionFactory(confirmed=True)
        page = new_post(title="<script>alert(1)</script>")
        factories.comment(page, name="<img src=x onerror=alert(1)>", text="<svg onload=alert(1)>")

        send()

        html = Message.objects.get().html
        assert "<script" not in html
        assert "<img" not in html
        assert "<svg" not in html

    def test_with_one_bad_subscription_still_serves_the_others(self, monkeypatch):
        bad, good = SubscriptionFactory.create_batch(2, confirmed=True)
        new_post()
        copy = letters.copy

        def failing(reader):
            if reader.email == bad.email:
                raise ValueError("nothing can be mailed there")
            return copy(reader)

        monkeypatch.setattr(letters, "copy", failing)

        outcome = send()

        assert outcome.mails == 1
        assert Message.objects.get().to == good.email
        assert Delivery.objects.open().get().subscription == bad
        monkeypatch.setattr(letters, "copy", copy)
        digests.write()
        assert Message.objects.filter(to=bad.email).count() == 1
        assert not Delivery.objects.open().exists()

    def test_that_cannot_be_made_up_for_some_still_serves_the_others(self, monkeypatch):
        SubscriptionFactory(confirmed=True, language="en")
        other = SubscriptionFactory(confirmed=True, language="nl")
        new_post()
        write = letters.write

        def failing(news, *, language, **kwargs):
            if language == "en":
                raise ValueError("no words")
            return write(news, language=language, **kwargs)

        monkeypatch.setattr(letters, "write", failing)

        assert send().mails == 1
        assert Message.objects.get().to == other.email
        monkeypatch.setattr(letters, "write", write)
        digests.write()
        assert Message.objects.count() == 2

    def test_looks_the_news_up_once_for_readers_of_the_same_period(self, monkeypatch):
        now = timezone.now()
        SubscriptionFactory.create_batch(5, confirmed=True, confirmed_at=now)
        new_post()
        calls = []
        between = contents.between

        def counted(*args, **kwargs):
            calls.append(args)
            return between(*args, **kwargs)

        monkeypatch.setattr(contents, "between", counted)

        outcome = send()

        assert (outcome.mails, outcome.periods) == (5, 1)
        assert len(calls) == 1

    def test_looks_it_up_once_for_each_selection_and_language(self, monkeypatch):
        now = timezone.now()
        post = new_post()
        chosen = [("author", str(post.author_id)), ("section", str(post.get_parent().pk))]
        for _ in range(3):
            SubscriptionFactory(confirmed=True, confirmed_at=now)
            SubscriptionFactory(confirmed=True, confirmed_at=now, choices=chosen)
            SubscriptionFactory(confirmed=True, confirmed_at=now, choices=chosen[::-1])
            SubscriptionFactory(confirmed=True, confirmed_at=now, language="en")
        calls = []
        between = contents.between
        monkeypatch.setattr(
            contents, "between", lambda *a, **kw: calls.append(kw) or between(*a, **kw)
        )

        outcome = send()

        assert (outcome.mails, len(calls)) == (12, 3)

    def test_at_once_is_each_time_that_there_is_news(self):
        start = dt.datetime(2026, 11, 25, 12, 2, tzinfo=dt.UTC)
        with time_machine.travel(start, tick=False) as clock:
            SubscriptionFactory(confirmed=True, frequency="at_once", confirmed_at=start)
            counts = []
            for minutes in range(10, 60, 10):
                clock.move_to(start + dt.timedelta(minutes=minutes))
                if minutes in (20, 50):
                    new_post(title=f"Na {minutes} minuten")
                    clock.shift(1)
                counts.append(send().mails)

        assert counts == [0, 1, 0, 0, 1]
        first, second = Message.objects.order_by("pk")
        assert "Na 20 minuten" in first.text
        assert "Na 20 minuten" not in second.text
        assert "meteen" in first.text

    def test_tells_once_what_fits_several_choices_and_nothing_else(self):
        post, _ = new_post(title="Gekozen"), new_post(title="Niet gekozen")
        post.tags.add("water")
        post.save()
        SubscriptionFactory(
            confirmed=True, choices=[("author", str(post.author_id)), ("tag", "water")]
        )
        SubscriptionFactory(confirmed=True, choices=[("tag", "lucht")])

        outcome = send()

        [message] = Message.objects.all()
        assert (outcome.mails, outcome.skipped_empty) == (1, 1)
        assert message.text.count("Gekozen") == 1
        assert "Niet gekozen" not in message.text

    def test_comes_next_on_the_day_and_hour_that_the_reader_chose(self):
        with time_machine.travel("2026-11-25T12:00Z", tick=False):
            SubscriptionFactory(confirmed=True, weekday=4, hour=21, time_zone="America/Paramaribo")
            new_post()
            send()

        next_at = Subscription.objects.get().next_digest_at
        assert next_at == dt.datetime(2026, 11, 28, 0, tzinfo=dt.UTC)

    def test_costs_as_many_queries_for_the_choices_of_ten_as_of_one(
        self, django_assert_max_num_queries
    ):
        SubscriptionFactory.create_batch(10, confirmed=True, confirmed_at=timezone.now())

        with django_assert_max_num_queries(2 + 1 + 1 + 10):  # due, choices, seam, contents
            send(dry_run=True)
