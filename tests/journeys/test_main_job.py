"""The main job, end to end, on real processes: what a reader and an editor do in a browser."""

import re
import urllib.request
import uuid
from functools import partial

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.people import react, search


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def javascript(request) -> bool:
    return request.param


@pytest.fixture
def people(people, javascript: bool):
    """Return a maker of people, each with a browser of their own."""
    return partial(people, java_script_enabled=javascript)


class TestTheMainJob:
    def test_a_reader_reacts_an_editor_approves_and_a_subscriber_gets_the_digest(self, people):
        words = f"Wat een mooi verhaal {uuid.uuid4().hex[:8]}"
        address = f"{uuid.uuid4().hex[:8]}@example.org"
        reader, moderator, subscriber = people(), people(), people()

        post = read_the_chain(reader.page)
        react(reader.page, words, address)
        reader.confirm_by_mail(address)
        expect(reader.page.locator("h1")).to_be_visible()
        reader.page.goto(post)
        expect(reader.page.get_by_text(words)).to_have_count(0)

        moderator.log_in_by_form("moderator")
        item = search(moderator.page, words)
        item.locator("button[value=approve]").click()
        expect(item).to_have_count(0)
        reader.page.goto(post)
        expect(reader.page.locator(".comment", has_text=words)).to_be_visible()

        digest_of = f"{uuid.uuid4().hex[:8]}@example.org"
        subscribe(subscriber.page, digest_of)
        subscriber.confirm_by_mail(digest_of)
        subscriber.demo.call("send_digests")
        digest = subscriber.mail(digest_of, containing="/afmelden/")
        assert words in digest["text"]
        assert words in digest["html"]

        unsubscribe_with_one_click(digest)
        subscriber.demo.call("send_digests", "--now", "2031-01-06T09:00")
        assert subscriber.mail(digest_of, containing="/afmelden/") == digest

    def test_a_reader_can_look_at_the_mail_and_leave_by_its_link(self, people):
        subscriber = people()
        address = f"{uuid.uuid4().hex[:8]}@example.org"
        subscribe(subscriber.page, address)
        subscriber.confirm_by_mail(address)
        subscriber.demo.call("send_digests")
        digest = subscriber.mail(address, containing="/afmelden/")

        look_at(subscriber.page, digest)
        [link] = set(re.findall(r"http\S+/afmelden/\S+?/", digest["text"]))
        subscriber.page.goto(link)
        subscriber.page.locator("main form button[type=submit]").click()

        expect(subscriber.page.locator("h1")).to_be_visible()
        subscriber.demo.call("send_digests", "--now", "2031-01-13T09:00")
        assert subscriber.mail(address, containing="/afmelden/") == digest


def read_the_chain(page: Page) -> str:
    """Walk from the front page by way of the chain to a post; return its address."""
    page.goto("/")
    page.locator("header a[href='/keten/']").first.click()
    page.locator("main a[href^='/keten/']").first.click()
    page.locator("main a[href^='/blog/']").first.click()
    expect(page.locator("#reacties")).to_be_visible()
    return page.url


def subscribe(page: Page, address: str) -> None:
    page.goto("/abonneren/")
    form = page.locator("main form:has([name=consent])")
    form.locator("[name=email]").fill(address)
    form.locator("[name=consent]").check()
    form.locator("button[type=submit]").click()
    expect(page.locator("main form:has([name=consent])")).to_have_count(0)


def look_at(page: Page, mail: dict) -> None:
    """Open ``mail`` from the list of all mails."""
    page.goto("/postvak/")
    line = page.locator(".postvak__mail", has_text=mail["to"])
    line.get_by_role("link", name=mail["subject"], exact=True).first.click()
    page.wait_for_url(f"**/postvak/{mail['key']}/")


def unsubscribe_with_one_click(digest: dict) -> None:
    """Do what a mail program does: a POST without a cookie (RFC 8058)."""
    headers = {name.lower(): value for name, value in digest["headers"].items()}
    assert headers["list-unsubscribe-post"] == "List-Unsubscribe=One-Click"
    address = re.search(r"<(http[^>]+)>", headers["list-unsubscribe"])[1]
    with urllib.request.urlopen(address, data=b"List-Unsubscribe=One-Click") as response:
        assert (response.status, response.url) == (200, address)
