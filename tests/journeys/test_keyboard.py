"""Someone without a mouse reacts, confirms and answers."""

import re
import uuid

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.people import Person

FAR = 120  # presses of Tab; no page of ours has more stops before its form
WHERE = """() => {
    const here = document.activeElement;
    const isInside = (one) => one.contains(here) && getComputedStyle(one).outlineStyle !== "none";
    const lit = [here, here.closest(".card")].filter(Boolean).some(isInside);
    const { top, bottom, left, right } = here.getBoundingClientRect();
    const isSeen = bottom > 0 && top < innerHeight && right > 0 && left < innerWidth;
    const last = window.lastStop;
    window.lastStop = here;
    const isLater = !last || Boolean(
        last.compareDocumentPosition(here) & Node.DOCUMENT_POSITION_FOLLOWING
    );
    return { name: here.outerHTML.slice(0, 120), lit, isSeen, isLater };
}"""


@pytest.fixture
def reader(people) -> Person:
    return people(reduced_motion="reduce")


def tab_to(page: Page, target: str) -> None:
    """Press Tab until ``target`` has the focus; the focus is always seen, and goes forward."""
    for _ in range(FAR):
        page.keyboard.press("Tab")
        stop = page.evaluate(WHERE)
        assert stop["lit"], f"No focus is seen on {stop['name']}"
        assert stop["isSeen"], f"Out of sight: {stop['name']}"
        assert stop["isLater"], f"The focus jumps back to {stop['name']}"
        if page.evaluate("target => document.activeElement.matches(target)", target):
            return
    raise AssertionError(f"{target} is not reached.")


def fill_in(page: Page, address: str, words: str) -> None:
    """Fill in the form of a comment from its first field on, and send it."""
    tab_to(page, "#reageren [name=name]")
    page.keyboard.type("Noor Hendriks")
    tab_to(page, "#reageren [name=email]")
    page.keyboard.type(address)
    tab_to(page, "#reageren [name=comment]")
    page.keyboard.type(words)
    tab_to(page, "#reageren [name=follow]")
    page.keyboard.press("ArrowDown")
    tab_to(page, "#reageren button[type=submit]")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("staat=bevestigen"))


class TestTheKeyboard:
    def test_is_enough_to_react_and_to_confirm(self, reader, post):
        page, address = reader.page, f"{uuid.uuid4().hex[:8]}@example.org"
        page.goto(post)
        page.keyboard.press("Tab")
        expect(page.locator(".skip-link")).to_be_focused()
        expect(page.locator(".skip-link")).to_be_in_viewport()
        page.keyboard.press("Enter")
        expect(page.locator("main")).to_be_focused()

        fill_in(page, address, f"Zonder muis {address}")
        link = reader.mail(address, containing="/bevestigen/")["text"]
        page.goto(next(word for word in link.split() if "/bevestigen/" in word))
        tab_to(page, "main [name=onthouden]")
        tab_to(page, "main form button[type=submit]")
        page.keyboard.press("Enter")

        expect(page.locator("h1")).to_have_text("Dank je wel, je reactie is bevestigd")

    def test_is_enough_to_answer(self, reader, post):
        page, address = reader.page, f"{uuid.uuid4().hex[:8]}@example.org"
        page.goto(post)

        tab_to(page, "a[href*='/antwoorden/']")
        page.keyboard.press("Enter")
        page.wait_for_url("**/antwoorden/**")
        expect(page.locator(".comment-form__title")).to_have_text("Je antwoord")
        fill_in(page, address, f"Een antwoord {address}")

        assert reader.mail(address, containing="/bevestigen/")

    def test_is_led_to_what_is_wrong(self, reader, post):
        page = reader.page
        page.goto(post)
        tab_to(page, "#reageren button[type=submit]")
        page.keyboard.press("Enter")

        expect(page.locator(".error-summary")).to_be_focused()
        expect(page).to_have_title(re.compile("^Fout: "))
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.locator("[name=name]")).to_be_focused()

    def test_is_led_to_what_is_wrong_without_scripts(self, people):
        page = people(java_script_enabled=False).page
        page.goto("/abonneren/")
        page.locator("main form:has([name=consent]) button[type=submit]").click()

        expect(page.locator(".error-summary")).to_be_focused()
