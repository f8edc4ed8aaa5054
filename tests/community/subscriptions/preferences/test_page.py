"""The page of the preferences."""

import datetime as dt
import re

import pytest

from community.subscriptions import links, offers, tokens
from community.subscriptions.selections import Selection
from tests import factories
from tests.community.subscriptions.preferences.saving import path_of, rows, save, words
from tests.factories import BlogPageFactory, SubscriptionFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]


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
