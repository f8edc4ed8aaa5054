import datetime as dt
import email.policy
import itertools
import re
from email.parser import BytesParser

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from community.digests import contents, digests
from community.digests.models import Delivery
from community.digests.tasks import send_due_digests
from community.subscriptions import subscriptions, tokens
from community.subscriptions.models import Subscription
from mail import composing, outbox
from mail.delivering import deliver_all
from mail.models import Message
from tests import factories
from tests.factories import BlogPageFactory, SubscriptionFactory
from tests.races import together

DAY = dt.timedelta(days=1)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]


def new_post(**kwargs):
    return BlogPageFactory(first_published_at=timezone.now(), **kwargs)


def send(now=None, **kwargs):
    return digests.send_due(now=now or timezone.now(), **kwargs)


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
        enqueue = outbox.enqueue

        def failing(*, to, **kwargs):
            if to == bad.email:
                raise ValueError("nothing can be mailed there")
            return enqueue(to=to, **kwargs)

        monkeypatch.setattr(outbox, "enqueue", failing)

        outcome = send()

        assert outcome.mails == 1
        assert Message.objects.get().to == good.email
        assert list(Subscription.objects.due(timezone.now())) == [bad]

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


class TestALaterMoment:
    def test_makes_due_what_is_due_then_but_tells_only_what_has_happened(self):
        SubscriptionFactory(confirmed=True, next_digest_at=timezone.now() + 3 * DAY)
        new_post(title="Nu al")
        assert send().mails == 0

        assert send(timezone.now() + 7 * DAY).mails == 1

        delivery = Delivery.objects.get()
        assert delivery.until <= timezone.now()
        # What is published after this run is told by the next one.
        new_post(title="Daarna")
        send(timezone.now() + 14 * DAY)
        assert "Daarna" in Message.objects.latest("pk").text

    def test_twice_sends_once(self):
        SubscriptionFactory(confirmed=True)
        new_post()
        later = timezone.now() + 30 * DAY

        assert send(later).mails == 1
        assert send(later).mails == 0

    def test_in_the_past_takes_nothing_back(self):
        now = timezone.now()
        subscription = SubscriptionFactory(
            confirmed=True, next_digest_at=now - 9 * DAY, digested_until=now - 2 * DAY
        )
        new_post()

        assert send(now - 5 * DAY).skipped_empty == 1

        subscription.refresh_from_db()
        assert subscription.digested_until == now - 2 * DAY


class TestADryRun:
    def test_counts_and_changes_nothing(self):
        SubscriptionFactory(confirmed=True)
        new_post()
        before = list(Subscription.objects.values())

        outcome = send(dry_run=True)

        assert (outcome.mails, outcome.deliveries) == (1, 1)
        assert list(Subscription.objects.values()) == before
        assert not Message.objects.exists()
        assert send().mails == 1


class TestTheTask:
    def test_leaves_the_last_two_minutes_for_the_next_run(self):
        now = timezone.now()
        SubscriptionFactory(confirmed=True, next_digest_at=now - DAY)
        page = BlogPageFactory(first_published_at=now - 90 * DAY)
        factories.comment(page, at=now - dt.timedelta(minutes=1), text="net goedgekeurd")
        factories.comment(page, at=now - dt.timedelta(minutes=3), text="al even")

        send_due_digests()

        text = Message.objects.get().text
        assert "al even" in text
        assert "net goedgekeurd" not in text
        assert Subscription.objects.get().digested_until < now - dt.timedelta(minutes=1)


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


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
class TestManyRunsAtOnce:
    def test_send_each_digest_once(self):
        readers = SubscriptionFactory.create_batch(12, confirmed=True)
        new_post()
        now = timezone.now()

        outcomes = together(8, send, now)

        assert sum(outcome.mails for outcome in outcomes) == 12
        assert sorted(Message.objects.values_list("to", flat=True)) == sorted(
            reader.email for reader in readers
        )
        assert Delivery.objects.count() == 12

    def test_and_a_reader_who_leaves_end_without_mail_or_with_one_that_is_dropped(self):
        subscription = SubscriptionFactory(confirmed=True)
        new_post()
        now = timezone.now()

        turns = iter(range(8))

        def leave_or_send():
            if next(turns) == 3:
                subscriptions.end(subscription, now=now)
            else:
                send(now)

        together(8, leave_or_send)

        assert not Message.objects.filter(state="queued").exists()


class TestFourHundredDays:
    """Whatever beat does, the periods of a reader touch: no gap, no overlap."""

    @settings(
        max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
    )
    @given(
        start=st.integers(min_value=0, max_value=364),
        frequency=st.sampled_from(["daily", "weekly", "monthly"]),
        hour=st.sampled_from([0, 2, 3, 8, 23]),
        gaps=st.lists(st.integers(min_value=1, max_value=30 * 60), min_size=30, max_size=30),
    )
    def test_are_covered_once(self, monkeypatch, start, frequency, hour, gaps):
        Subscription.objects.all().delete()
        windows = []

        def record(since, until, *, language, selection):
            windows.append((since, until))
            return contents.Contents(since, until)

        monkeypatch.setattr(contents, "between", record)
        moment = dt.datetime(2026, 1, 1, 9, 30, tzinfo=dt.UTC) + start * DAY
        end = moment + 400 * DAY
        SubscriptionFactory(confirmed=True, frequency=frequency, hour=hour, confirmed_at=moment)
        first = moment - 7 * DAY
        with time_machine.travel(moment, tick=False) as clock:
            turn = 0
            while moment < end:
                clock.move_to(moment)
                send(moment)
                moment += dt.timedelta(minutes=gaps[turn % len(gaps)])
                turn += 1
                if turn > 200:  # the rest in steps of beat's own length of a day
                    moment += dt.timedelta(hours=11)

        assert windows[0][0] == first
        for (_, until), (since, _) in itertools.pairwise(windows):
            assert until == since
        assert all(since < until for since, until in windows)
