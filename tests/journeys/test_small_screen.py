"""A screen 320 pixels wide, which is also what a page enlarged to 400 per cent gets."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.demo import Demo
from tests.journeys.reading import first, read

WIDTH = 320
PAGES = {
    "home": "/",
    "blog": "/blog/",
    "chains": "/keten/",
    "tools": "/hulpmiddelen/",
    "subscribe": "/abonneren/",
    "privacy": "/privacy/",
    "login": "/mijn/inloggen/",
    "English home": "/en/",
    "mailbox": "/postvak/",
}


@pytest.fixture(scope="module")
def page(browser, demo: Demo) -> Iterator[Page]:
    size = {"width": WIDTH, "height": 568}
    opened = browser.new_page(
        base_url=demo.url, locale="nl-NL", java_script_enabled=False, viewport=size
    )
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def deep_thread(demo: Demo) -> str:
    """The address of a post whose conversation is three levels deep."""
    index = read(f"{demo.url}blog/")
    for path in dict.fromkeys(re.findall(r'href="(/blog/[^/"]+/)"', index)):
        if "comment--depth-3" in read(demo.url + path[1:]):
            return path
    raise AssertionError("No conversation in the demo is three levels deep.")


def sticks_out(page: Page) -> list[str]:
    """Return what is wider than the screen: all of it can be read without scrolling sideways."""
    return page.evaluate(
        """() => [...document.querySelectorAll("html, body *")]
            .filter((one) => !one.closest(".visually-hidden"))
            .filter((one) => one.getBoundingClientRect().right > innerWidth + 0.5
                || one.matches("html") && one.scrollWidth > innerWidth)
            .map((one) => one.outerHTML.slice(0, 100))"""
    )


class TestASmallScreen:
    @pytest.mark.parametrize("name", PAGES)
    def test_holds_a_whole_page(self, page, name):
        page.goto(PAGES[name])

        assert sticks_out(page) == []

    @pytest.mark.parametrize(
        ("index", "link"), [("/keten/", "/keten/"), ("/hulpmiddelen/", "/hulpmiddelen/")]
    )
    def test_holds_a_chain_and_a_tool(self, page, demo, index, link):
        page.goto(first(demo, index, link))

        assert sticks_out(page) == []

    def test_holds_a_conversation_three_levels_deep(self, page, deep_thread):
        page.goto(deep_thread)

        assert sticks_out(page) == []
        narrowest = page.locator(".comment--depth-3 .comment__text").first.bounding_box()
        assert narrowest["width"] > WIDTH / 2

    @pytest.mark.parametrize("form", [".comment-form", "main form:has([name=consent])"])
    def test_holds_a_form_with_errors(self, page, deep_thread, form):
        page.goto(deep_thread if form == ".comment-form" else "/abonneren/")
        page.locator(form).locator("button[type=submit]").first.click()

        expect(page.locator(".error-summary")).to_be_visible()
        assert sticks_out(page) == []

    def test_has_the_whole_menu_in_reach(self, page):
        page.goto("/")

        links = page.locator(".site-header a")
        for link in links.all():
            expect(link).to_be_in_viewport()
            box = link.bounding_box()
            assert box["height"] >= 24
            assert box["x"] >= 0
        page.locator(".site-nav a[href='/keten/']").click()
        expect(page).to_have_url(re.compile("/keten/$"))
        expect(page.locator(".site-nav a[href='/keten/']")).to_have_attribute(
            "aria-current", "page"
        )
