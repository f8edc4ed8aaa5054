import datetime as dt
import html
import re

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import translation

from community.subscriptions import consent, tokens
from community.subscriptions.models import Subscription
from mail.models import Message
from tests.factories import MessageFactory, SubscriptionFactory

SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin"}
ADDRESS = "lezer@example.org"
GOOD = {"email": ADDRESS, "frequency": "weekly", "consent": "on"}
State = Subscription.State

pytestmark = [pytest.mark.django_db, pytest.mark.both, pytest.mark.usefixtures("site")]


@pytest.fixture
def browser() -> Client:
    """A browser that is refused wherever a CSRF token is asked for."""
    return Client(enforce_csrf_checks=True, headers=SAME_ORIGIN)


@pytest.fixture
def mail_program() -> Client:
    """What presses the one-click button: no cookie, no origin, no site."""
    return Client(enforce_csrf_checks=True)


def subscribe(client, **changes):
    return client.post("/abonneren/", {**GOOD, **changes})


def confirm_path(subscription) -> str:
    return reverse(
        "subscriptions:confirm", args=[tokens.make(tokens.CONFIRM, subscription.public_id)]
    )


def unsubscribe_path(subscription) -> str:
    token = tokens.make(tokens.UNSUBSCRIBE, subscription.public_id)
    return reverse("subscriptions:unsubscribe", args=[token])


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

    def test_from_another_site_is_refused(self):
        other = Client(headers={"Sec-Fetch-Site": "cross-site"})

        assert subscribe(other).status_code == 403
        assert not Subscription.objects.exists()

    def test_by_other_methods_is_refused(self, browser):
        assert browser.put("/abonneren/").status_code == 405
        assert browser.delete("/abonneren/").status_code == 405


class TestConfirmPage:
    @pytest.mark.parametrize("method", ["get", "head"])
    def test_shows_a_button_and_changes_nothing(self, browser, method):
        subscription = SubscriptionFactory()

        response = getattr(browser, method)(confirm_path(subscription))

        assert response.status_code == 200
        assert not response.cookies
        subscription.refresh_from_db()
        assert subscription.state == State.PENDING

    def test_confirms_when_the_button_is_pressed_and_again_harmlessly(self, browser):
        subscription = SubscriptionFactory()

        first = browser.post(confirm_path(subscription))
        second = browser.post(confirm_path(subscription))

        assert first.status_code == second.status_code == 200
        subscription.refresh_from_db()
        assert subscription.state == State.CONFIRMED

    def test_says_that_an_old_link_is_gone(self, browser):
        subscription = SubscriptionFactory()
        with time_machine.travel(subscription.requested_at - dt.timedelta(days=8)):
            path = confirm_path(subscription)

        for response in (browser.get(path), browser.post(path)):
            assert response.status_code == 410
            assert 'href="/abonneren/"' in response.content.decode()
        subscription.refresh_from_db()
        assert subscription.state == State.PENDING

    def test_says_that_the_link_of_an_ended_or_deleted_subscription_is_gone(self, browser):
        for subscription in (SubscriptionFactory(ended=True), SubscriptionFactory.build()):
            assert browser.get(confirm_path(subscription)).status_code == 410
            assert browser.post(confirm_path(subscription)).status_code == 410

    def test_does_not_take_the_link_to_unsubscribe(self, browser):
        subscription = SubscriptionFactory()
        token = tokens.make(tokens.UNSUBSCRIBE, subscription.public_id)

        assert browser.post(f"/abonneren/bevestigen/{token}/").status_code == 404

    @pytest.mark.parametrize("token", ["x", "a.b.c", "..", "%00", "%ff", "é", "0" * 5000])
    def test_answers_404_to_what_is_no_link_of_ours(self, browser, token):
        for path in (f"/abonneren/bevestigen/{token}/", f"/afmelden/{token}/"):
            assert browser.get(path).status_code == 404
            assert browser.post(path).status_code == 404

    def test_is_not_stored_on_the_way(self, browser):
        response = browser.get(confirm_path(SubscriptionFactory()))

        assert "no-store" in response["Cache-Control"]


class TestUnsubscribePage:
    @pytest.mark.parametrize("method", ["get", "head"])
    def test_shows_a_button_and_changes_nothing(self, mail_program, method):
        subscription = SubscriptionFactory(confirmed=True)

        response = getattr(mail_program, method)(unsubscribe_path(subscription))

        assert response.status_code == 200
        assert not response.cookies
        subscription.refresh_from_db()
        assert subscription.state == State.CONFIRMED

    @pytest.mark.parametrize(
        ("body", "content_type"),
        [
            ("List-Unsubscribe=One-Click", "application/x-www-form-urlencoded"),
            (
                '--b\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\n'
                "One-Click\r\n--b--\r\n",
                "multipart/form-data; boundary=b",
            ),
            ("", "application/x-www-form-urlencoded"),
            ("", "text/plain"),
        ],
    )
    def test_is_pressed_by_a_mail_program_in_one_click(self, mail_program, body, content_type):
        """RFC 8058: no cookie, no further question, and an answer that is no redirect."""
        subscription = SubscriptionFactory(confirmed=True)

        response = mail_program.post(
            unsubscribe_path(subscription), body, content_type=content_type
        )

        assert response.status_code == 200
        assert not response.cookies
        assert 'href="/abonneren/"' in response.content.decode()
        subscription.refresh_from_db()
        assert subscription.state == State.ENDED

    def test_takes_a_post_from_a_web_mail_on_another_site(self):
        subscription = SubscriptionFactory(confirmed=True)
        client = Client(enforce_csrf_checks=True, headers={"Sec-Fetch-Site": "cross-site"})

        assert client.post(unsubscribe_path(subscription)).status_code == 200

    def test_works_twice_and_after_years(self, mail_program):
        subscription = SubscriptionFactory(confirmed=True)
        path = unsubscribe_path(subscription)

        with time_machine.travel("2046-11-23T12:00Z"):
            assert mail_program.post(path).status_code == 200
            assert mail_program.post(path).status_code == 200

        subscription.refresh_from_db()
        assert subscription.state == State.ENDED

    def test_works_when_the_subscription_was_deleted(self, mail_program):
        path = unsubscribe_path(SubscriptionFactory.build())

        assert mail_program.get(path).status_code == 200
        assert mail_program.post(path).status_code == 200

    def test_does_not_take_the_link_to_confirm(self, mail_program):
        subscription = SubscriptionFactory(confirmed=True)
        token = tokens.make(tokens.CONFIRM, subscription.public_id)

        assert mail_program.post(f"/afmelden/{token}/").status_code == 404
        subscription.refresh_from_db()
        assert subscription.state == State.CONFIRMED
