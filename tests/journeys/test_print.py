"""What comes out of a printer: the text, its links written out, and nothing to click."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.demo import Demo
from tests.journeys.reading import first

OPEN = (
    '<p><a class="button" href="https://example.org/">Open</a></p>'  # of a tool that is elsewhere
)
HIDDEN = [
    ".site-nav",
    ".site-footer",
    ".breadcrumbs",
    ".comment-form",
    ".comment__actions",
    ".comments__follow",
]


@pytest.fixture(scope="module")
def page(browser, demo: Demo) -> Iterator[Page]:
    sheet = browser.new_page(
        base_url=demo.url, locale="nl-NL", java_script_enabled=False, color_scheme="dark"
    )
    sheet.emulate_media(media="print", color_scheme="dark")
    yield sheet
    sheet.close()


def style_of(page: Page, selector: str, name: str, pseudo: str = "") -> str:
    find = "(one, [name, pseudo]) => getComputedStyle(one, pseudo || null)[name]"
    return page.locator(selector).first.evaluate(find, [name, pseudo])


class TestPaper:
    def test_has_the_text_of_a_post_and_nothing_to_click(self, page, post):
        page.goto(post)

        for part in HIDDEN:
            assert page.locator(part).count() > 0
            expect(page.locator(part).first).to_be_hidden()
        for part in ("h1", ".post__body .prose p", ".comment__text"):
            expect(page.locator(part).first).to_be_visible()

    def test_is_white_with_black_letters_whatever_the_screen_was(self, page, post):
        page.goto(post)

        assert style_of(page, "html", "backgroundColor") == "rgb(255, 255, 255)"
        assert style_of(page, "h1", "color") == "rgb(0, 0, 0)"
        assert style_of(page, ".comment__text", "color") == "rgb(0, 0, 0)"
        assert style_of(page, ".callout", "backgroundColor") == "rgb(255, 255, 255)"

    def test_writes_out_where_links_lead(self, page):
        page.goto("/privacy/")
        link = ".link-list__items a"

        address = page.locator(link).first.get_attribute("href")
        assert style_of(page, link, "content", "::after") == f'" ({address})"'

    def test_has_a_tool_on_a_sheet(self, page, demo):
        page.goto(first(demo, "/hulpmiddelen/", "/hulpmiddelen/"))
        add = "(facts, html) => facts.insertAdjacentHTML('beforeend', html)"
        page.locator(".facts").evaluate(add, OPEN)

        expect(page.locator(".facts")).to_be_visible()
        expect(page.locator(".facts .button")).to_be_visible()
        assert style_of(page, ".steps__step", "color") == "rgb(0, 0, 0)"
        expect(page.locator(".exports, .filter, .subscribe").first).to_be_hidden()
