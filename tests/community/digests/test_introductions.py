import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from community.digests import digests, introductions
from community.digests.models import Introduction
from mail.models import Message
from tests.factories import BlogPageFactory, SubscriptionFactory, UserFactory

HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]


@pytest.fixture
def editor():
    return UserFactory(digests=True)


def write(editor, at=None, **texts):
    introductions.write(texts, by=editor, now=at or timezone.now() - HOUR)


def new_post(**kwargs):
    return BlogPageFactory(first_published_at=timezone.now() - HOUR, **kwargs)


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
        path = message.text.split("example.org/overzicht/")[1].split("/")[0]
        page = client.get(f"/overzicht/{path}/").content.decode()
        assert "Welkom &amp; dank." in page

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
