"""The page on which readers subscribe."""

import html
import re

import pytest
from django.test import Client
from django.utils import translation

from community.subscriptions import consent
from community.subscriptions.forms import SubscribeForm
from community.subscriptions.models import Subscription
from community.subscriptions.selections import Selection
from mail.models import Message
from tests.factories import BlogPageFactory, MessageFactory, SubscriptionFactory

pytestmark = [pytest.mark.django_db, pytest.mark.both, pytest.mark.usefixtures("site")]

ADDRESS = "lezer@example.org"
GOOD = {"email": ADDRESS, "frequency": "weekly", "consent": "on"}


def subscribe(client, **changes):
    return client.post("/abonneren/", {**GOOD, **changes})


def words(response) -> str:
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(html.unescape(text).split())


class TestSubscribePage:
    def test_has_an_unticked_box_and_no_cookie_or_token(self, browser):
        response = browser.get("/abonneren/")

        page = response.content.decode()
        assert response.status_code == 200
        assert consent.text() in words(response)
        assert "csrfmiddlewaretoken" not in page
        [box] = re.findall(r"<input[^>]*type=\"checkbox\"[^>]*>", page)
        assert "checked" not in box
        assert not response.cookies

    def test_takes_over_an_address_from_the_front_page(self, browser):
        response = browser.post("/abonneren/", {"email": 'a"<b>@example.org', "vooraf": "1"})

        page = response.content.decode()
        assert response.status_code == 200
        assert 'value="a&quot;&lt;b&gt;@example.org"' in page
        assert "<title>Fout:" not in page

    def test_does_nothing_yet_with_an_address_from_the_front_page(self, browser):
        browser.post("/abonneren/", {**GOOD, "vooraf": "1"})

        assert not Subscription.objects.exists()
        assert not Message.objects.exists()

    def test_takes_no_address_from_a_link(self, browser):
        page = browser.get("/abonneren/", {"email": ADDRESS}).content.decode()

        assert ADDRESS not in page

    @pytest.mark.parametrize("email", ["\x00", "x" * 60_000, "\r\n", "\u202eabc", "%ff"])
    def test_answers_to_any_address(self, browser, email):
        assert browser.post("/abonneren/", {"email": email, "vooraf": "1"}).status_code == 200

    def test_is_there_in_english(self, browser):
        response = browser.get("/en/abonneren/")

        assert response.status_code == 200
        assert '<html lang="en"' in response.content.decode()


class TestSubscribing:
    def test_stores_exactly_what_was_shown(self, browser):
        shown = words(browser.get("/abonneren/"))

        response = subscribe(browser)

        subscription = Subscription.objects.get()
        assert response.status_code == 200
        assert not response.cookies
        assert subscription.consent_text in shown
        assert subscription.consent_version == consent.VERSION
        assert subscription.consent_page == "/abonneren/"
        assert subscription.language == "nl"

    def test_in_english_is_english(self, browser):
        browser.post("/en/abonneren/", GOOD)

        assert Subscription.objects.get().language == "en"
        assert "/en/abonneren/bevestigen/" in Message.objects.get().text
        with translation.override("en"):
            assert Subscription.objects.get().consent_text == consent.text()

    @pytest.mark.parametrize(
        "changes",
        [
            {"email": ""},
            {"email": "geen adres"},
            {"email": "a\x00@example.org"},
            {"email": "a@example.org\r\nBcc: b@example.org"},
            {"email": "a" * 300 + "@example.org"},
            {"email": "a\ud800@example.org".encode("utf-8", "surrogatepass")},
            {"frequency": "hourly"},
            {"frequency": ""},
            {"consent": ""},
        ],
    )
    def test_wrongly_gives_the_form_back_and_mails_nobody(self, browser, changes):
        response = subscribe(browser, **changes)

        assert response.status_code == 422
        assert 'aria-invalid="true"' in response.content.decode()
        assert not Subscription.objects.exists()
        assert not Message.objects.exists()

    def test_keeps_what_was_typed(self, browser):
        page = subscribe(browser, consent="", frequency="daily").content.decode()

        assert f'value="{ADDRESS}"' in page
        assert re.search(r'value="daily"[^>]*checked', page)

    def test_by_a_robot_gets_the_same_answer_and_nothing_else(self, browser):
        human = subscribe(browser)
        Subscription.objects.all().delete()
        Message.objects.all().delete()

        robot = subscribe(browser, website="https://example.com", email="robot@example.org")

        assert robot.content == human.content
        assert not Subscription.objects.exists()
        assert not Message.objects.exists()

    def test_by_someone_whose_password_manager_fell_in_the_trap_works_once_more(self, browser):
        answer = subscribe(browser, website="https://example.com").content.decode()
        assert 'href="/abonneren/?opnieuw=1"' in answer
        form = browser.get("/abonneren/?opnieuw=1").content.decode()
        assert 'name="website"' not in form
        [again] = re.findall(r'name="opnieuw" value="(.*?)"', form)

        subscribe(browser, website="https://example.com", opnieuw=again)

        assert Message.objects.get().to == ADDRESS

    @pytest.mark.parametrize("again", ["", "1", "0", "\x00", "x" * 10_000, "\u0661"])
    def test_once_more_takes_any_word_for_it(self, browser, again):
        assert browser.get("/abonneren/", {"opnieuw": again}).status_code == 200
        assert subscribe(browser, opnieuw=again).status_code == 200

    def test_once_more_stays_so_when_something_is_wrong(self, browser):
        form = subscribe(browser, consent="", opnieuw="1").content.decode()

        assert 'name="website"' not in form
        assert 'name="opnieuw" value="1"' in form

    @pytest.mark.parametrize("known", ["confirmed", "ended", "pending", "full"])
    def test_answers_the_same_whether_an_address_is_known_or_not(self, browser, known):
        traits = {} if known in ("pending", "full") else {known: True}
        SubscriptionFactory(email=ADDRESS, **traits)
        if known == "full":
            MessageFactory.create_batch(3, to=ADDRESS, kind="comments.confirm")

        first = subscribe(browser)
        second = subscribe(browser, email="onbekend@example.org")

        assert first.status_code == second.status_code == 200
        assert first.content == second.content
        assert dict(first.headers) == dict(second.headers)

    def test_to_everything_beside_a_conversation_is_to_everything(self, browser):
        page = BlogPageFactory()
        ticked = [f"conversation:{page.pk}", "everything:"]

        response = subscribe(browser, about=ticked, keuze="1")

        assert response.status_code == 200
        assert Message.objects.get().to == ADDRESS

    def test_counts_nothing_that_is_not_there(self):
        form = SubscribeForm({**GOOD, "about": ["tag:er-is-niets", "tools:"]}, wanted=())

        assert form.asked == Selection.of([("tools", "")])

    def test_from_another_site_is_refused(self):
        other = Client(headers={"Sec-Fetch-Site": "cross-site"})

        assert subscribe(other).status_code == 403
        assert not Subscription.objects.exists()

    def test_by_other_methods_is_refused(self, browser):
        assert browser.put("/abonneren/").status_code == 405
        assert browser.delete("/abonneren/").status_code == 405
