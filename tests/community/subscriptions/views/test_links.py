"""The pages behind the links to confirm and to unsubscribe."""

import datetime as dt

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from community.subscriptions import tokens
from community.subscriptions.models import Subscription
from tests.factories import SubscriptionFactory

pytestmark = [pytest.mark.django_db, pytest.mark.both, pytest.mark.usefixtures("site")]

State = Subscription.State


@pytest.fixture
def mail_program() -> Client:
    """What presses the one-click button: no cookie, no origin, no site."""
    return Client(enforce_csrf_checks=True)


def confirm_path(subscription) -> str:
    return reverse(
        "subscriptions:confirm", args=[tokens.make(tokens.CONFIRM, subscription.public_id)]
    )


def unsubscribe_path(subscription) -> str:
    token = tokens.make(tokens.UNSUBSCRIBE, subscription.public_id)
    return reverse("subscriptions:unsubscribe", args=[token])


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
