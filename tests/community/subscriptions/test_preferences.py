import datetime as dt
import html
import json
import re

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from community.subscriptions import links, offers, preferences, selections, subscriptions, tokens
from community.subscriptions.models import Agreement, Subscription
from community.subscriptions.schedules import Schedule
from community.subscriptions.selections import EVERYTHING, Selection
from mail.models import Message
from tests import factories
from tests.factories import BlogPageFactory, MessageFactory, SubscriptionFactory

SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin"}
NOW = dt.datetime(2026, 11, 25, 12, tzinfo=dt.UTC)  # a Wednesday
DAY = dt.timedelta(days=1)
GOOD = {
    "about": ["everything:"],
    "frequency": "weekly",
    "weekday": "0",
    "hour": "8",
    "time_zone": "Europe/Amsterdam",
    "paused_until": "",
    "language": "nl",
}

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]


@pytest.fixture
def browser() -> Client:
    return Client(enforce_csrf_checks=True, headers=SAME_ORIGIN)


@pytest.fixture
def subscription() -> Subscription:
    return SubscriptionFactory(confirmed=True, next_digest_at=timezone.now() + 9 * DAY)


def path_of(subscription, name="preferences") -> str:
    token = tokens.make(tokens.PREFERENCES, subscription.public_id)
    return reverse(f"subscriptions:{name}", args=[token])


def save(browser, subscription, **changes):
    return browser.post(path_of(subscription), {**GOOD, **changes})


def rows() -> list:
    models = (Subscription, Agreement, Message)
    return [list(model.objects.order_by("pk").values()) for model in models]


def words(response) -> str:
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(html.unescape(text).split())


class TestThePage:
    @pytest.mark.parametrize("name", ["preferences", "erase"])
    @pytest.mark.parametrize("method", ["get", "head"])
    def test_changes_nothing_when_it_is_opened(self, browser, subscription, name, method):
        before = rows()

        response = getattr(browser, method)(path_of(subscription, name))

        assert response.status_code == 200
        assert not response.cookies
        assert rows() == before

    @pytest.mark.parametrize("name", ["preferences", "erase"])
    def test_is_kept_to_its_reader(self, browser, subscription, name):
        response = browser.get(path_of(subscription, name))

        assert "no-store" in response["Cache-Control"]
        assert response["Referrer-Policy"] == "strict-origin"
        assert response["X-Robots-Tag"] == "noindex"
        assert subscription.email not in response.content.decode()
        assert f"a…@{subscription.email.split('@')[1]}" in response.content.decode()

    def test_shows_what_was_chosen_and_what_can_be(self, browser, blog_index):
        chain, author = factories.ChainFactory(), BlogPageFactory().author
        mine = SubscriptionFactory(
            confirmed=True, frequency="daily", hour=17, choices=[("author", str(author.pk))]
        )

        page = browser.get(path_of(mine)).content.decode()

        ticked = re.findall(r'<input[^>]*value="([^"]*)"[^>]*checked', page)
        assert ticked == [f"author:{author.pk}", "daily", "nl"]
        assert f"Berichten van {author.name}" in page
        assert chain.name in page
        assert f'value="section:{blog_index.pk}"' in page
        assert '<option value="17" selected>' in page

    def test_says_when_the_next_one_comes_on_the_readers_clock(self, browser):
        mine = SubscriptionFactory(
            confirmed=True,
            next_digest_at=dt.datetime(2026, 11, 28, 0, tzinfo=dt.UTC),
            time_zone="America/Paramaribo",
        )

        assert "vrijdag 27 november, 21:00" in words(browser.get(path_of(mine)))

    def test_is_there_in_english(self, browser, subscription):
        response = browser.get("/en" + path_of(subscription))

        assert "Everything that is new" in response.content.decode()

    def test_shows_a_blog_once_however_many_languages_it_has(
        self, browser, subscription, blog_index, english_home
    ):
        english = blog_index.copy_for_translation(english_home.locale)
        english.live = True
        english.save()

        page = browser.get(path_of(subscription)).content.decode()

        assert f'value="section:{blog_index.pk}"' in page
        assert f'value="section:{english.pk}"' not in page

    def test_names_nobody_of_whom_nothing_is_public(self, browser):
        hidden = BlogPageFactory(live=False).author
        mine = SubscriptionFactory(confirmed=True, choices=[("author", str(hidden.pk))])

        assert hidden.name not in browser.get(path_of(mine)).content.decode()

    def test_costs_as_many_queries_for_ten_choices_as_for_one(self, browser, count_queries):
        def reader(count: int):
            authors = [BlogPageFactory().author for _ in range(count)]
            chains = factories.ChainFactory.create_batch(count)
            chosen = [("author", str(it.pk)) for it in authors]
            chosen += [("chain", str(it.pk)) for it in chains]
            return path_of(SubscriptionFactory(confirmed=True, choices=chosen))

        one, ten = reader(1), reader(10)

        assert count_queries(lambda: browser.get(one)) == count_queries(lambda: browser.get(ten))

    @pytest.mark.parametrize("state", [{"ended": True}, {}])
    def test_of_who_gets_no_digest_leads_to_the_form(self, browser, state):
        mine = SubscriptionFactory(**state)

        before = rows()
        for response in (browser.get(path_of(mine)), save(browser, mine)):
            assert response.status_code == 200
            assert 'href="/abonneren/"' in response.content.decode()
        assert rows() == before

    @pytest.mark.parametrize("purpose", [tokens.CONFIRM, tokens.UNSUBSCRIBE])
    def test_does_not_open_by_another_link(self, browser, subscription, purpose):
        token = tokens.make(purpose, subscription.public_id)

        for end in ("", "wissen/"):
            assert browser.get(f"/voorkeuren/{token}/{end}").status_code == 404
        assert browser.post(f"/voorkeuren/{token}/gegevens.json").status_code == 404

    @pytest.mark.parametrize("token", ["x", "a.b.c", "..", "%00", "%ff", "é", "0" * 5000])
    def test_answers_404_to_what_is_no_link_of_ours(self, browser, token):
        assert browser.get(f"/voorkeuren/{token}/").status_code == 404
        assert browser.post(f"/voorkeuren/{token}/wissen/").status_code == 404

    def test_of_a_deleted_subscription_is_gone(self, browser):
        assert browser.get(path_of(SubscriptionFactory.build())).status_code == 410


class TestSaving:
    def test_keeps_what_was_chosen(self, browser, subscription):
        chain = factories.ChainFactory()

        response = save(
            browser,
            subscription,
            about=[f"chain:{chain.pk}", "tools:"],
            frequency="weekly",
            weekday="4",
            hour="17",
            time_zone="America/Paramaribo",
            language="en",
        )

        subscription.refresh_from_db()
        assert response.status_code == 200
        assert "Je wensen zijn bewaard." in words(response)
        assert Schedule.of(subscription) == Schedule("weekly", 4, 17, "America/Paramaribo")
        assert subscription.language == "en"
        assert selections.of(subscription) == Selection.of(
            [("chain", str(chain.pk)), ("tools", "")]
        )

    @pytest.mark.parametrize(
        "changes",
        [
            {"about": []},
            {"about": ["chain:9999"]},
            {"about": ["onzin:"]},
            {"about": ["tools:process=onzin"]},
            {"about": ["\x00"]},
            {"about": ["everything:", "x" * 9000]},
            {"frequency": "hourly"},
            {"frequency": ""},
            {"weekday": "7"},
            {"weekday": "-1"},
            {"weekday": "\u0661"},
            {"hour": "24"},
            {"hour": ""},
            {"time_zone": "Mars/Olympus"},
            {"time_zone": "../../etc/passwd"},
            {"paused_until": "gisteren"},
            {"paused_until": "2020-01-01"},
            {"paused_until": "9999-12-31"},
            {"paused_until": "\x00"},
            {"language": "xx"},
        ],
    )
    def test_wrongly_gives_the_form_back_and_changes_nothing(self, browser, subscription, changes):
        before = rows()

        response = save(browser, subscription, **changes)

        assert response.status_code == 422
        assert '<div class="error-summary"' in response.content.decode()
        assert "<title>Fout:" in response.content.decode()
        assert rows() == before

    def test_from_another_site_is_refused(self, subscription):
        other = Client(headers={"Sec-Fetch-Site": "cross-site"})
        before = rows()

        assert save(other, subscription, frequency="daily").status_code == 403
        assert other.post(path_of(subscription, "erase")).status_code == 403
        assert rows() == before

    def test_a_pause_keeps_the_digest_away_until_its_day(self, browser, subscription):
        with time_machine.travel(NOW, tick=False):
            save(browser, subscription, paused_until="2026-12-24")

            page = browser.get(path_of(subscription)).content.decode()

        subscription.refresh_from_db()
        assert subscription.next_digest_at == dt.datetime(2026, 12, 28, 7, tzinfo=dt.UTC)
        assert 'value="2026-12-24"' in page


class TestChange:
    @staticmethod
    def change(subscription, now=NOW, **kwargs):
        schedule = Schedule(**{"frequency": "daily", **kwargs})
        preferences.change(
            subscription, selection=EVERYTHING, schedule=schedule, language="nl", now=now
        )
        subscription.refresh_from_db()

    def test_moves_the_next_digest_and_not_where_it_begins(self):
        mine = SubscriptionFactory(confirmed=True, next_digest_at=NOW + 5 * DAY)
        until = mine.digested_until

        self.change(mine, hour=20)

        assert mine.next_digest_at == dt.datetime(2026, 11, 25, 19, tzinfo=dt.UTC)
        assert mine.digested_until == until

    def test_leaves_what_is_due_unless_there_is_a_pause(self):
        mine = SubscriptionFactory(confirmed=True, next_digest_at=NOW)

        self.change(mine)
        assert mine.next_digest_at == NOW

        self.change(mine, paused_until=dt.date(2026, 12, 1))
        assert mine.next_digest_at == dt.datetime(2026, 12, 1, 7, tzinfo=dt.UTC)

    def test_of_one_that_has_ended_is_refused(self):
        with pytest.raises(subscriptions.Ended):
            self.change(SubscriptionFactory(ended=True))


class TestExport:
    def test_gives_everything_that_is_kept(self, browser, subscription):
        response = browser.post(path_of(subscription, "export"))

        data = json.loads(response.content)
        assert response["Content-Disposition"] == 'attachment; filename="voorkeuren.json"'
        assert data["email"] == subscription.email
        assert data["choices"] == [{"kind": "everything", "key": "", "name": "Alles wat nieuw is"}]
        assert data["agreements"][0]["consent_text"] == "Ja, stuur mij het overzicht."
        assert "no-store" in response["Cache-Control"]

    def test_is_not_opened_by_a_link(self, browser, subscription):
        assert browser.get(path_of(subscription, "export")).status_code == 405


class TestErase:
    def test_forgets_the_subscription_its_proof_and_its_mails_alone(self, browser, subscription):
        MessageFactory(to=subscription.email, kind=subscriptions.DIGEST)
        kept = MessageFactory(to=subscription.email, kind="notifications.page")
        other = SubscriptionFactory(confirmed=True)

        response = browser.post(path_of(subscription, "erase"))

        assert response.status_code == 200
        assert list(Subscription.objects.all()) == [other]
        assert list(Message.objects.all()) == [kept]
        assert Agreement.objects.get().subscription == other
        assert browser.post(path_of(subscription, "erase")).status_code == 410


class TestAfterUnsubscribing:
    def test_a_reader_can_subscribe_again(self, browser, subscription):
        subscriptions.end(subscription, now=timezone.now())
        assert 'href="/abonneren/"' in browser.get(path_of(subscription)).content.decode()

        browser.post(
            "/abonneren/",
            {"email": subscription.email, "frequency": "monthly", "consent": "on"},
        )
        [link] = re.findall(r"https://\S+/bevestigen/\S+", Message.objects.latest("pk").text)
        browser.post(link.removeprefix("https://estafette.example.org"))

        subscription.refresh_from_db()
        assert (subscription.state, subscription.frequency) == ("confirmed", "monthly")


class TestOffers:
    def test_of_a_filter_are_written_in_one_way(self):
        good, bad = "process=besturen&category=data", "category=data&process=besturen"

        assert offers.known(Selection.of([("tools", good), ("tools", bad)])) == Selection.of(
            [("tools", good)]
        )

    def test_leave_out_what_is_not_public(self):
        page, hidden = BlogPageFactory(), BlogPageFactory(live=False)
        pairs = [("conversation", str(page.pk)), ("conversation", str(hidden.pk))]

        assert offers.known(Selection.of(pairs)) == Selection.of(pairs[:1])


class TestTheLink:
    def test_speaks_the_language_of_the_reader(self):
        mine = SubscriptionFactory(language="en")

        assert links.preferences(mine).startswith("https://estafette.example.org/en/voorkeuren/")
