"""A reader without account and without scripts notices a comment, and hears what is decided."""

import uuid

import pytest
from playwright.sync_api import expect

from tests.journeys.axe import problems
from tests.journeys.people import Person

KEEP = """
from django.utils import timezone
from community.moderation import cases
from community.moderation.models import Notice
from users.models import User
case = Notice.objects.get(email="{address}").case
editors = User.objects.filter(username__in=["moderator", "redactie"])
editor = next(editor for editor in editors if cases.may_decide(case, editor))
cases.keep(case, by=editor, answer="Dit mag.", now=timezone.now())
"""


@pytest.fixture
def reader(people) -> Person:
    """Someone at a small screen, with a browser that runs no scripts of ours."""
    reader = people(viewport={"width": 320, "height": 800})
    reader.page.route("**/*.js", lambda route: route.abort())
    return reader


def open_form(reader: Person, post: str) -> None:
    """Go from a conversation in Dutch, as a reader does, on to the form that notices a comment."""
    page = reader.page
    page.goto(post)
    page.locator(".comment__actions").get_by_role("link", name="Melden").first.click()
    expect(page.locator("h1")).to_have_text("Een reactie melden")


def fill(reader: Person, address: str) -> None:
    page = reader.page
    page.get_by_label("Haat of discriminatie").check()
    page.get_by_label("Leg het uit").fill("Hier wordt een groep weggezet.")
    page.get_by_label("Je naam").fill("Sam de Wit")
    page.get_by_label("Je e-mailadres").fill(address)
    page.get_by_label("te goeder trouw").check()
    page.get_by_role("button", name="Verstuur je melding").click()


def link_in(mail: dict) -> str:
    return next(word for word in mail["text"].split() if "/melding/" in word)


class TestANotice:
    def test_is_sent_received_decided_and_objected_to(self, reader, post):
        address, page = f"sam-{uuid.uuid4().hex[:8]}@example.org", reader.page
        open_form(reader, post)
        assert problems(page) == []

        page.get_by_role("button", name="Verstuur je melding").click()
        expect(page.locator(".error-summary")).to_be_visible()
        assert problems(page) == []

        fill(reader, address)
        expect(page.locator("h1")).to_have_text("We hebben je melding")
        number = page.locator("main strong").first.inner_text()
        assert problems(page) == []
        assert not page.context.cookies()

        receipt = reader.mail(address, containing=number)
        assert "weggezet" not in receipt["text"]
        page.goto(link_in(receipt))
        expect(page.locator("main")).to_contain_text("moet er nog naar kijken")
        assert problems(page) == []

        reader.demo.run(KEEP.format(address=address))
        decision = reader.mail(address, containing="De reactie blijft staan")
        assert "Dit mag." in decision["text"]
        page.goto(link_in(decision))
        assert problems(page) == []
        page.get_by_role("textbox", name="niet mee eens").fill("Kijk nog eens.")
        page.get_by_role("button", name="Verstuur je bezwaar").click()
        expect(page.locator("main")).to_contain_text("kijkt opnieuw naar de reactie")
        assert problems(page) == []
        assert reader.mail(address, containing="Je maakt bezwaar tegen ons besluit")

    def test_of_child_abuse_needs_no_name(self, reader, post):
        page = reader.page
        open_form(reader, post)

        page.get_by_label("Seksueel misbruik van kinderen").check()
        page.get_by_label("Leg het uit").fill(f"Zie {uuid.uuid4().hex}")
        page.get_by_label("te goeder trouw").check()
        page.get_by_role("button", name="Verstuur je melding").click()

        expect(page.locator("h1")).to_have_text("We hebben je melding")
        expect(page.locator("main")).to_contain_text("Bewaar het nummer")
        assert problems(page) == []
        page.locator("main a[href*='/melding/']").click()
        expect(page.locator("h1")).to_contain_text("Je melding, zaak")
