"""The day and hour that a reader asks for when subscribing."""

import re

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from community.subscriptions import links
from community.subscriptions.models import Agreement, Subscription
from tests.factories import AgreementFactory
from tests.html import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]

DETAILS = re.compile(r'<details class="form__more"( open)?>')


@pytest.fixture
def browser() -> Client:
    return Client(enforce_csrf_checks=True, headers={"Sec-Fetch-Site": "same-origin"})


def subscribe(browser, **changes):
    sent = {"email": "lezer@example.org", "frequency": "weekly", "consent": "on"}
    return browser.post("/abonneren/", {**sent, **changes})


def confirm_link() -> str:
    address = links.confirm(Agreement.objects.get())
    return address.removeprefix("https://estafette.example.org")


class TestTheForm:
    def test_keeps_day_and_hour_folded_away(self, client):
        shown = text_of(client.get("/abonneren/"))

        assert "Op een andere dag of een ander uur" in shown
        assert DETAILS.search(shown)[1] is None
        assert '<option value="0" selected>maandag</option>' in shown
        assert '<option value="8" selected>8:00</option>' in shown

    def test_takes_monday_at_eight_when_nothing_else_is_said(self, browser):
        subscribe(browser)

        agreement = Agreement.objects.get()
        assert (agreement.weekday, agreement.hour) == (0, 8)

    def test_gives_the_digest_on_the_day_and_hour_that_were_asked_for(self, browser):
        subscribe(browser, weekday="2", hour="17")
        browser.post(confirm_link())

        subscription = Subscription.objects.get()
        assert (subscription.weekday, subscription.hour) == (2, 17)

    def test_shows_what_was_chosen_when_something_else_is_wrong(self, browser):
        shown = text_of(subscribe(browser, weekday="2", hour="17", email=""))

        assert DETAILS.search(shown)[1] == " open"
        assert '<option value="2" selected>woensdag</option>' in shown

    @pytest.mark.parametrize("name", ["weekday", "hour"])
    @pytest.mark.parametrize("value", ["-1", "24", "x", "\x00", "\u0661", "9" * 30, "1.5"])
    def test_refuses_odd_days_and_hours(self, browser, name, value):
        response = subscribe(browser, **{name: value})

        assert response.status_code == 422
        assert DETAILS.search(text_of(response))[1] == " open"
        assert not Subscription.objects.exists()

    def test_on_other_pages_stays_small(self, client, blog_index, home):
        for page in (blog_index, home):
            assert 'name="hour"' not in text_of(client.get(page.url))


class TestTheConfirmation:
    @pytest.mark.parametrize(
        ("frequency", "expected"),
        [
            ("weekly", "elke week op woensdag om 17:00 uur"),
            ("daily", "elke dag om 17:00 uur"),
            ("monthly", "op de eerste dag van elke maand om 17:00 uur"),
        ],
    )
    def test_says_when_it_comes(self, browser, frequency, expected):
        subscribe(browser, frequency=frequency, weekday="2", hour="17")

        assert expected in text_of(browser.get(confirm_link()))

    def test_says_within_a_quarter_of_an_hour_whatever_the_hour(self, browser):
        subscribe(browser, frequency="at_once", hour="17")

        assert "binnen een kwartier" in text_of(browser.get(confirm_link()))

    def test_says_monday_morning_as_always(self, browser):
        subscribe(browser)

        assert "elke maandagochtend" in text_of(browser.get(confirm_link()))

    def test_does_not_mind_the_day_of_a_monthly_one(self, browser):
        subscribe(browser, frequency="monthly", weekday="2")

        shown = text_of(browser.get(confirm_link()))

        assert "woensdag" not in shown
        assert "8:00" not in shown


class TestAnAgreement:
    @pytest.mark.parametrize("odd", [{"weekday": 7}, {"hour": 24}])
    def test_has_a_day_and_hour_that_exist(self, odd):
        with pytest.raises(IntegrityError), transaction.atomic():
            AgreementFactory(**odd)
