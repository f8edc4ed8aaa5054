"""A reader without account looks after the own comment, with a link and without scripts."""

import re
import uuid

import pytest
from playwright.sync_api import expect

from tests.journeys.axe import problems
from tests.journeys.people import Person


@pytest.fixture
def reader(people) -> Person:
    """Someone at a small screen, with a browser that runs no scripts of ours."""
    reader = people(viewport={"width": 320, "height": 800})
    reader.page.route("**/*.js", lambda route: route.abort())
    return reader


def write(reader: Person, post: str, address: str) -> None:
    page = reader.page
    page.goto(post)
    form = page.locator("#reageren")
    form.locator("[name=name]").fill("Noor")
    form.locator("[name=email]").fill(address)
    form.locator("[name=comment]").fill(f"Eerste woorden van {address}")
    form.locator("button.button--primary").click()
    page.wait_for_url("**/verstuurd/**")


def link_of(reader: Person, address: str) -> str:
    """Return the link in the mail by which the comment is managed."""
    text = reader.mail(address, containing="/stand/")["text"]
    return next(word for word in text.split() if "/stand/" in word)


class TestTheOwnComment:
    def test_is_seen_changed_and_deleted_by_link(self, reader, post):
        address = f"noor-{uuid.uuid4().hex[:8]}@example.org"
        page = reader.page
        write(reader, post, address)

        page.goto(link_of(reader, address))
        expect(page.locator("main h2")).to_have_text("Nog niet bevestigd")
        assert problems(page) == []

        page.get_by_role("link", name=re.compile("^Wijzig")).click()
        assert problems(page) == []
        page.get_by_label("Reactie").fill("")
        page.get_by_role("button", name="Bewaar de nieuwe tekst").click()
        expect(page.locator(".error-summary")).to_be_visible()
        assert problems(page) == []
        page.get_by_label("Reactie").fill(f"Betere woorden van {address}")
        page.get_by_role("button", name="Bewaar de nieuwe tekst").click()
        expect(page.get_by_role("status")).to_contain_text("Je tekst is gewijzigd")
        expect(page.locator("main")).to_contain_text("Betere woorden")

        page.get_by_role("link", name="Verwijder").click()
        assert problems(page) == []
        page.get_by_role("button", name="Ja, verwijder mijn reactie").click()
        expect(page.locator("h1")).to_have_text("Je reactie is verwijderd")
        assert problems(page) == []
        assert not page.context.cookies()
        page.goto(link_of(reader, address))
        expect(page.locator("main")).not_to_contain_text("woorden van")
