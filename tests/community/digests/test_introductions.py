import datetime as dt

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from community.digests import digests, introductions
from community.digests.models import Delivery, Edition, Introduction
from mail.models import Message
from tests.factories import BlogPageFactory, SubscriptionFactory, UserFactory
from tests.html import text_of

HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)
START = dt.datetime(2026, 11, 2, 9, tzinfo=dt.UTC)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]


@pytest.fixture
def editor():
    return UserFactory(digests=True)


def write(editor, at=None, **texts):
    introductions.write(texts, by=editor, now=at or timezone.now() - HOUR)


def new_post(**kwargs):
    return BlogPageFactory(first_published_at=timezone.now() - HOUR, **kwargs)


def web_version(client, message) -> str:
    path = message.text.split("example.org/overzicht/")[1].split("/")[0]
    return text_of(client.get(f"/overzicht/{path}/"))


@pytest.fixture
def clock():
    with time_machine.travel(START, tick=False) as clock:
        yield clock


def send(now=None):
    digests.send_due(now=now or timezone.now())


class TestAnIntroduction:
    def test_stands_in_the_mail_and_on_the_site(self, client, editor):
        SubscriptionFactory(confirmed=True)
        new_post()
        write(editor, nl="Welkom & dank.\n\nTot op de markt!")

        send()

        message = Message.objects.get()
        assert "Welkom & dank.\n\nTot op de markt!" in message.text
        assert "Welkom &amp; dank." in message.html
        assert "Welkom &amp; dank." in web_version(client, message)

    def test_is_read_once_by_each_reader(self, editor):
        reader = SubscriptionFactory(confirmed=True, frequency="daily")
        new_post()
        write(editor, nl="Eenmalig.")
        send()
        reader.refresh_from_db()
        BlogPageFactory(first_published_at=reader.digested_until)

        send(timezone.now() + 2 * DAY)

        first, second = Message.objects.order_by("pk")
        assert "Eenmalig." in first.text
        assert "Eenmalig." not in second.text

    def test_is_for_those_who_read_its_language(self, editor):
        SubscriptionFactory(confirmed=True, language="en")
        new_post()
        write(editor, nl="Alleen in het Nederlands.")

        send()

        assert "Nederlands" not in Message.objects.get().text

    def test_is_no_news_by_itself(self, editor):
        SubscriptionFactory(confirmed=True)
        write(editor, nl="Niets te melden.")

        send()

        assert not Message.objects.exists()

    def test_waits_for_the_first_digest_when_nothing_was_new(self, client, clock, editor):
        SubscriptionFactory(confirmed=True)
        new_post()
        send()
        clock.move_to(START + 5 * DAY)
        write(editor, nl="Tot op de markt!")
        clock.move_to(START + 7 * DAY)
        send()  # nothing is new, so nothing is sent
        clock.move_to(START + 14 * DAY)
        new_post()
        send()
        clock.move_to(START + 21 * DAY)
        new_post()
        send()

        told = ["Tot op de markt!" in mail.text for mail in Message.objects.order_by("pk")]
        on_the_site = [
            "Tot op de markt!" in web_version(client, mail)
            for mail in Message.objects.order_by("pk")
        ]
        assert told == on_the_site == [False, True, False]

    def test_waits_for_a_reader_who_had_no_digest_yet(self, clock, editor):
        SubscriptionFactory(confirmed=True, frequency="daily")
        write(editor, nl="Welkom.")
        send()
        clock.move_to(START + DAY)
        new_post()
        send()

        assert "Welkom." in Message.objects.get().text

    @pytest.mark.parametrize(("days", "is_told"), [(34, True), (36, False)])
    def test_that_is_very_old_is_told_no_more(self, clock, editor, days, is_told):
        write(editor, at=START - days * DAY, nl="Van toen.")
        SubscriptionFactory(confirmed=True)
        new_post()
        send()

        assert ("Van toen." in Message.objects.get().text) == is_told

    def test_is_for_those_alone_who_had_no_digest_since_it_was_written(self, client, clock, editor):
        """Two readers of the same period: one has had the introduction, the other has not."""
        had = SubscriptionFactory(confirmed=True, frequency="daily")
        waiting = SubscriptionFactory(confirmed=True, frequency="daily", choices=[("tag", "lucht")])
        write(editor, nl="Eenmalig.")
        new_post()
        send()
        waiting.choices.update(kind="everything", key="")
        clock.move_to(START + DAY)
        new_post()
        send()

        first, *later = Message.objects.order_by("pk")
        assert "Eenmalig." in first.text
        told = {mail.to: mail for mail in later}
        assert "Eenmalig." not in told[had.email].text
        assert "Eenmalig." not in web_version(client, told[had.email])
        assert "Eenmalig." in told[waiting.email].text
        assert "Eenmalig." in web_version(client, told[waiting.email])

    def test_makes_two_web_versions_of_a_period_at_most(self, clock, editor):
        for days in range(8):
            reader = SubscriptionFactory(confirmed=True, digested_until=START - DAY)
            since, until = START - (days + 3) * DAY, START - (days + 2) * DAY
            Delivery.objects.create(subscription=reader, since=since, until=until, written_at=until)
        write(editor, at=START - 5 * DAY, nl="Eenmalig.")
        new_post()

        send()

        told = [mail for mail in Message.objects.all() if "Eenmalig." in mail.text]
        assert (Message.objects.count(), len(told)) == (8, 5)
        assert Edition.objects.count() == 2

    def test_is_told_once_to_who_gets_two_digests_in_one_run(self, clock, editor):
        SubscriptionFactory(confirmed=True, frequency="daily")
        write(editor, nl="Eenmalig.")
        new_post()
        digests.open_due(now=START)
        clock.move_to(START + DAY)
        new_post()
        digests.open_due(now=START + DAY)

        digests.write()

        first, second = Message.objects.order_by("pk")
        assert "Eenmalig." in first.text
        assert "Eenmalig." not in second.text

    def test_is_told_by_the_second_of_two_digests_when_the_first_has_no_news(self, clock, editor):
        SubscriptionFactory(confirmed=True, frequency="daily")
        write(editor, nl="Eenmalig.")
        digests.open_due(now=START)
        clock.move_to(START + DAY)
        new_post()
        digests.open_due(now=START + DAY)

        digests.write()

        assert "Eenmalig." in Message.objects.get().text


class TestWrite:
    def test_changes_what_nobody_has_had(self, editor):
        write(editor, nl="Eerst.", en="First.")
        write(editor, nl="Dan.", en="First.")

        assert set(Introduction.objects.values_list("text", flat=True)) == {"Dan.", "First."}

    def test_says_a_new_one_to_everyone_when_some_had_the_one_before(self, editor):
        SubscriptionFactory(confirmed=True)
        new_post()
        write(editor, nl="Eerst.")
        send()

        write(editor, at=timezone.now(), nl="Dan.")

        assert introductions.current()["nl"].text == "Dan."
        assert Introduction.objects.count() == 2

    def test_nothing_takes_it_back(self, editor):
        write(editor, nl="Toch niet.")
        write(editor, nl="")

        assert introductions.current() == {}

    def test_nothing_brings_no_older_one_back(self, client, editor):
        SubscriptionFactory(confirmed=True)
        new_post()
        write(editor, at=timezone.now() - 2 * HOUR, nl="Eerst.")
        send()
        write(editor, at=timezone.now(), nl="Dan.")
        write(editor, at=timezone.now(), nl="")

        SubscriptionFactory(confirmed=True)
        send()

        first, second = Message.objects.order_by("pk")
        assert introductions.current() == {}
        assert "Eerst." in web_version(client, first)
        for words in ("Eerst.", "Dan."):
            assert words not in second.text

    def test_nothing_takes_it_out_of_digests_that_are_still_to_be_written(self, editor):
        SubscriptionFactory(confirmed=True)
        new_post()
        for at, words in ((3, "Eerst."), (2, "Dan.")):
            Introduction.objects.create(language="nl", text=words, at=timezone.now() - at * HOUR)
        digests.open_due(now=timezone.now())

        write(editor, at=timezone.now(), nl="")
        digests.write()

        for words in ("Eerst.", "Dan."):
            assert words not in Message.objects.get().text

    def test_begins_anew_after_nothing(self, editor):
        SubscriptionFactory(confirmed=True)
        new_post()
        write(editor, nl="Eerst.")
        write(editor, nl="")
        write(editor, nl="Dan.")

        send()

        assert introductions.current()["nl"].text == "Dan."
        assert "Dan." in Message.objects.get().text

    def test_nothing_twice_is_harmless(self, editor):
        write(editor, nl="")
        write(editor, nl="Toch niet.")
        write(editor, nl="")
        write(editor, nl="")

        assert introductions.current() == {}

    def test_changes_nothing_that_somebody_had_late(self, client, clock, editor):
        """A digest may tell what was written before its period."""
        SubscriptionFactory(confirmed=True, frequency="daily")
        write(editor, nl="Eerst.")
        send()  # nothing is new, so nothing is sent
        clock.move_to(START + DAY)
        new_post()
        send()

        write(editor, at=timezone.now(), nl="Dan.")

        assert "Eerst." in web_version(client, Message.objects.get())

    def test_is_not_for_everyone(self):
        with pytest.raises(PermissionDenied):
            write(UserFactory(moderator=True), nl="Stiekem.")

        assert not Introduction.objects.exists()

    def test_reads_one_of_each_language_however_many_there_were(self, editor, count_queries):
        for number in range(5):
            Introduction.objects.create(
                language="nl", text=f"Nummer {number}", at=timezone.now() + number * HOUR
            )

        assert introductions.current()["nl"].text == "Nummer 4"
        assert count_queries(introductions.current) == 1
