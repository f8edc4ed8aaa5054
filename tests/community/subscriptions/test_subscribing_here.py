import datetime as dt
import re

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from community.subscriptions import expecting, offers, selections
from community.subscriptions.expecting import Expected
from community.subscriptions.models import Agreement, Subscription
from community.subscriptions.selections import EVERYTHING, Selection
from mail.models import Message
from tests import factories
from tests.factories import BlogPageFactory, SubscriptionFactory, ToolPageFactory, ToolUseFactory

SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin"}
ADDRESS = "lezer@example.org"
DAY = dt.timedelta(days=1)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]


@pytest.fixture
def browser() -> Client:
    return Client(enforce_csrf_checks=True, headers=SAME_ORIGIN)


def ticked(response) -> list[str]:
    return re.findall(
        r'name="about" value="([^"]*)"[^>]*checked', response.content.decode().replace("&amp;", "&")
    )


def shown(response) -> list[str]:
    page = response.content.decode().replace("&amp;", "&")
    return re.findall(r'name="about" value="([^"]*)"', page)


def press(browser, path: str):
    """Fill the form on a page of something in, and send it."""
    page = browser.get(path).content.decode()
    [value] = re.findall(r'<input type="hidden" name="wat" value="([^"]*)"', page)
    sent = {"wat": value.replace("&amp;", "&"), "email": ADDRESS, "vooraf": "1"}
    return browser.post("/abonneren/", sent)


def subscribe(browser, *about, **changes):
    sent = {"email": ADDRESS, "frequency": "weekly", "consent": "on", "keuze": "1"}
    return browser.post("/abonneren/", {**sent, "about": list(about), **changes})


class TestTheFormOnAPage:
    def test_leads_to_the_form_with_that_thing_ticked(self, browser, blog_index, tool_index):
        link = factories.LinkFactory(written=True)
        post = link.post
        ToolPageFactory(process="besturen")
        query = "process=besturen"

        for path, value in [
            (link.chain.get_absolute_url(), f"chain:{link.chain_id}"),
            (blog_index.url, f"section:{blog_index.pk}"),
            (tool_index.url, "tools:"),
            (f"{tool_index.url}?{query}", f"tools:{query}"),
            (post.url, f"conversation:{post.pk}"),
        ]:
            response = press(browser, path)

            assert response.status_code == 200
            assert ticked(response) == [value]
            assert f'value="{ADDRESS}"' in response.content.decode()
        assert not Subscription.objects.exists()

    def test_of_a_post_offers_what_goes_with_it(self, browser):
        post = factories.LinkFactory(written=True).post
        post.tags.add("water")
        post.save()

        response = press(browser, post.url)

        author = post.author
        assert set(shown(response)) > {
            f"author:{author.pk}",
            f"organisation:{author.organisation_id}",
            f"chain:{post.link.chain_id}",
            "tag:water",
            "everything:",
        }

    def test_says_how_many_mails_to_expect(self, promises, browser):
        link = factories.LinkFactory(written=True)
        for days in (1, 2, 9):
            factories.comment(link.post, at=timezone.now() - days * DAY)
        link.post.first_published_at = timezone.now() - 40 * DAY
        link.post.save()

        page = browser.get(link.chain.get_absolute_url()).content.decode()

        assert "4 mails" in page
        assert "3 bij elke week" in page
        assert "2 bij elke maand" in page

    def test_is_not_there_without_a_conversation(self, browser):
        post = BlogPageFactory(comments_mode="off")

        assert 'name="wat"' not in browser.get(post.url).content.decode()

    def test_holds_no_token_and_gives_no_cookie(self, browser, blog_index):
        BlogPageFactory()

        response = browser.get(blog_index.url)

        assert "csrfmiddlewaretoken" not in response.content.decode()
        assert not response.cookies


class TestChoosing:
    def test_is_kept_when_the_link_in_the_mail_is_used(self, browser):
        author = BlogPageFactory().author

        response = subscribe(browser, f"author:{author.pk}", "tools:")
        [path] = re.findall(r"example.org(/\S+/bevestigen/\S+)", Message.objects.get().text)
        question = browser.get(path).content.decode()
        browser.post(path)

        assert response.status_code == 200
        assert f"Berichten van {author.name}" in question
        assert selections.of(Subscription.objects.get()) == Selection.of(
            [("author", str(author.pk)), ("tools", "")]
        )

    def test_nothing_is_asked_again(self, browser):
        response = subscribe(browser)

        assert response.status_code == 422
        assert "Vink ten minste één ding aan." in response.content.decode()
        assert not Agreement.objects.exists()

    def test_is_not_asked_of_a_form_without_choices(self, browser):
        subscribe(browser, keuze="", about=[])
        sent = {"email": "b@example.org", "frequency": "weekly", "consent": "on"}
        browser.post("/abonneren/", sent)

        assert Agreement.objects.get().choices == EVERYTHING.pairs()

    @pytest.mark.parametrize(
        "value",
        [
            "chain:99999",
            "chain:" + "9" * 40,
            "author:1 OR 1=1",
            "tag:\x00",
            "tag:" + "x" * 5000,
            "conversation:\u0661",
            "tools:process=onzin",
            "onzin:1",
            "",
            ":",
            "a\ud800".encode("utf-8", "surrogatepass"),
        ],
    )
    def test_what_is_not_there_is_refused(self, browser, value):
        assert subscribe(browser, value).status_code == 422
        assert subscribe(browser, "tools:", value).status_code == 422
        assert browser.get("/abonneren/", {"wat": value}).status_code == 200
        assert browser.post("/abonneren/", {"wat": value, "vooraf": "1"}).status_code == 200
        assert not Agreement.objects.exists()

    def test_more_than_fifty_things_is_refused(self, browser):
        chains = factories.ChainFactory.create_batch(51)

        response = subscribe(browser, *(offers.value_of("chain", it.pk) for it in chains))

        assert response.status_code == 422

    def test_by_a_link_changes_nothing(self, browser):
        chain = factories.ChainFactory()

        response = browser.get("/abonneren/", {"wat": f"chain:{chain.pk}"})

        assert ticked(response) == [f"chain:{chain.pk}"]
        assert not Agreement.objects.exists()

    def test_of_a_subscriber_is_added_by_the_mail_and_not_by_the_form(self, browser):
        chain = factories.ChainFactory()
        mine = SubscriptionFactory(confirmed=True, email=ADDRESS, choices=[("tools", "")])
        unknown = subscribe(browser, f"chain:{chain.pk}", email="onbekend@example.org")

        known = subscribe(browser, f"chain:{chain.pk}")

        assert known.content == unknown.content
        assert selections.of(mine) == Selection.of([("tools", "")])
        [link] = re.findall(r"example.org(/voorkeuren/\S+)", Message.objects.get(to=ADDRESS).text)
        assert set(ticked(browser.get(link))) == {"tools:", f"chain:{chain.pk}"}
        assert selections.of(mine) == Selection.of([("tools", "")])


class TestExpected:
    def test_counts_days_weeks_and_months_with_something_new(self):
        now = dt.datetime(2026, 11, 25, 12, tzinfo=dt.UTC)
        page = BlogPageFactory(first_published_at=now - 300 * DAY)
        for days in (0.1, 0.2, 1, 8, 55.9, 57):
            factories.comment(page, at=now - days * DAY)
        factories.comment(page, at=now - 20 * DAY, status="pending")

        assert expecting.count(EVERYTHING, now=now) == Expected(daily=4, weekly=3, monthly=2)

    def test_counts_who_has_begun_to_use_a_tool(self):
        now = dt.datetime(2026, 11, 25, 12, tzinfo=dt.UTC)
        tool = ToolPageFactory(process="besturen", first_published_at=now - 300 * DAY)
        for days in (1, 9, 57):
            ToolUseFactory(tool=tool, verified_at=now - days * DAY)
        ToolUseFactory(tool=tool, waiting=True)
        about = {
            key: Selection.of([("tools", f"process={key}")]) for key in ("besturen", "beheren")
        }

        counted = {key: expecting.count(value, now=now) for key, value in about.items()}

        assert counted["besturen"] == Expected(daily=2, weekly=2, monthly=1)
        assert counted["beheren"] == Expected(daily=0, weekly=0, monthly=0)

    def test_never_counts_more_than_there_are(self):
        now = dt.datetime(2026, 11, 25, 12, tzinfo=dt.UTC)
        page = BlogPageFactory(first_published_at=now - 300 * DAY)
        for days in range(60):
            factories.comment(page, at=now - days * DAY)

        expected = expecting.count(EVERYTHING, now=now)

        assert (expected.weekly, expected.monthly) == (8, 2)

    def test_is_looked_up_once(self, promises, django_assert_num_queries):
        with time_machine.travel("2026-11-25T12:00Z"):
            first = expecting.of(EVERYTHING)

            with django_assert_num_queries(0):
                assert expecting.of(EVERYTHING) == first
