"""The life of a subscription in a browser, with and without JavaScript."""

import datetime as dt
import re
import time
import uuid

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.axe import problems
from tests.journeys.people import MAIL_WITHIN, Person
from tests.journeys.reading import first

LATER = "2031-02-03T09:00"  # a Monday


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
class TestASubscriber:
    def test_subscribes_where_the_thing_is_changes_pauses_and_leaves(self, people, javascript):
        address = f"{uuid.uuid4().hex[:8]}@example.org"
        reader = people(java_script_enabled=javascript)
        subscribe_to_a_chain(reader, address)
        reader.confirm_by_mail(address)
        reader.demo.call("send_digests")
        digest = reader.mail(address, containing="/voorkeuren/")
        preferences = link(digest, "voorkeuren")

        change(reader.page, preferences, frequency="daily", hour="7", weekday="2")
        reader.page.locator("[name=about]:not(:checked)").last.check()
        save(reader.page)
        expect(reader.page.locator("[name=frequency]:checked")).to_have_value("daily")
        expect(reader.page.locator("[name=about]:checked")).to_have_count(2)

        pause = (dt.date.today() + dt.timedelta(days=300)).isoformat()  # noqa: DTZ011
        change(reader.page, preferences, paused_until=pause)
        save(reader.page)
        soon = (dt.date.today() + dt.timedelta(days=30)).isoformat()  # noqa: DTZ011
        reader.demo.call("send_digests", "--now", f"{soon}T12:00")
        assert reader.mail(address, containing="/voorkeuren/") == digest

        reader.page.goto(link(digest, "afmelden"))
        reader.page.locator("main form button[type=submit]").click()
        expect(reader.page.locator("h1")).to_be_visible()
        reader.page.goto(preferences)
        expect(reader.page.locator("main form [name=frequency]")).to_have_count(0)

    def test_who_left_can_return_and_be_forgotten(self, people, javascript):
        address = f"{uuid.uuid4().hex[:8]}@example.org"
        reader = people(java_script_enabled=javascript)
        for number in (1, 2):
            subscribe_to_a_chain(reader, address)
            wait_for(reader, address, "/bevestigen/", number=number)
            reader.confirm_by_mail(address)
            reader.demo.call("send_digests")
            digest = wait_for(reader, address, "/voorkeuren/", number=number)
            reader.page.goto(link(digest, "afmelden"))
            reader.page.locator("main form button[type=submit]").click()
            expect(reader.page.locator("h1")).to_be_visible()

        reader.page.goto(link(digest, "voorkeuren"))
        reader.page.locator("a[href$='/wissen/']").click()
        reader.page.locator("main form button[type=submit]").click()
        expect(reader.page.locator("h1")).to_be_visible()

        answer = reader.page.goto(link(digest, "voorkeuren"))
        assert answer is not None
        assert answer.status == 410
        reader.demo.call("send_digests", "--now", LATER)
        assert wait_for(reader, address, "/voorkeuren/", number=2) == digest


@pytest.mark.long
class TestThePagesOfASubscription:
    def test_fit_and_have_no_problem(self, people):
        address = f"{uuid.uuid4().hex[:8]}@example.org"
        reader = people()
        subscribe_to_a_chain(reader, address)
        reader.confirm_by_mail(address)
        reader.demo.call("send_digests")
        digest = reader.mail(address, containing="/voorkeuren/")

        for name in ("voorkeuren", "afmelden"):
            reader.page.goto(link(digest, name))
            for width in (320, 1280):
                reader.page.set_viewport_size({"width": width, "height": 800})
                assert problems(reader.page) == []
                wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
                assert not reader.page.evaluate(wide)


def wait_for(reader: Person, address: str, words: str, *, number: int) -> dict:
    """Return the newest mail with ``words``, once there are so many."""
    deadline = time.monotonic() + MAIL_WITHIN
    while time.monotonic() < deadline:
        mails = [mail for mail in reader.demo.postvak() if mail["to"] == address]
        found = [mail for mail in mails if words in mail["text"]]
        if len(found) == number:
            return found[0]
        time.sleep(0.1)
    raise AssertionError(f"{len(found)} mails with {words} came, and not {number}.")


def subscribe_to_a_chain(reader: Person, address: str) -> None:
    """Fill in the address at a chain, and agree on the page after it: the chain is ticked there."""
    page = reader.page
    page.goto(first(reader.demo, "/keten/", "/keten/"))
    form = page.locator(".subscribe__form")
    form.locator("[name=email]").fill(address)
    form.locator("button[type=submit]").click()
    page.locator("main form:has([name=consent])").wait_for()
    expect(page.locator("[name=email]")).to_have_value(address)
    expect(page.locator("[name=about]:checked")).to_have_count(1)
    page.locator("[name=consent]").check()
    page.locator("main form:has([name=consent]) button[type=submit]").click()
    expect(page.locator("main form:has([name=consent])")).to_have_count(0)


def change(page: Page, address: str, **wishes: str) -> None:
    page.goto(address)
    for name, value in wishes.items():
        field = page.locator(f"main form [name={name}]")
        if field.count() > 1:
            page.locator(f"main form [name={name}][value={value}]").check()
        elif field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)


def save(page: Page) -> None:
    page.locator("main form:has([name=frequency]) button[type=submit]").click()
    expect(page.locator(".message")).to_be_visible()


def link(mail: dict, name: str) -> str:
    """Return the address under ``/name/`` in the plain text of ``mail``."""
    return re.search(rf"http\S+/{name}/\S+?/(?=\s)", mail["text"])[0]
