"""What axe-core finds on the pages of the demo, in light and in dark."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.demo import Demo

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
SCHEMES = ["light", "dark"]
PAGES = {
    "home": "/",
    "blog": "/blog/",
    "chains": "/keten/",
    "tools": "/hulpmiddelen/",
    "tools without a find": "/hulpmiddelen/?process=beheren&category=mobiliteit",
    "subscribe": "/abonneren/",
    "house rules": "/huisregels/",
    "accessibility": "/toegankelijkheid/",
    "privacy": "/privacy/",
    "login": "/mijn/inloggen/",
    "nothing": "/bestaat-niet/",
    "English": "/en/",
    "mailbox": "/postvak/",
}


@pytest.fixture(params=SCHEMES)
def page(browser, demo: Demo, request):
    context = browser.new_context(base_url=demo.url, color_scheme=request.param)
    yield context.new_page()
    context.close()


def problems(page) -> list[str]:
    """Return what axe-core has to say about the page, one line for each element."""
    page.wait_for_load_state()  # styles too: a target has its size from them
    found = Axe().run(page, options={"runOnly": WCAG, "resultTypes": ["violations"]})
    return [
        f"{violation['id']}: {node['html']} {node['failureSummary']}"
        for violation in found.response["violations"]
        for node in violation["nodes"]
    ]


def first(page, index: str, link: str) -> None:
    """Go to the first page that ``index`` links to with an address like ``link``."""
    page.goto(index)
    page.goto(page.locator(f"main a[href^='{link}']").first.get_attribute("href"))


class TestAxe:
    @pytest.mark.parametrize("name", PAGES)
    def test_finds_nothing_on_a_page(self, page, name):
        page.goto(PAGES[name])

        assert problems(page) == []

    @pytest.mark.parametrize(
        ("index", "link"),
        [("/blog/", "/blog/"), ("/hulpmiddelen/", "/hulpmiddelen/"), ("/keten/", "/keten/")],
    )
    def test_finds_nothing_behind_a_card(self, page, index, link):
        first(page, index, link)

        assert problems(page) == []

    def test_finds_nothing_on_a_comment_form_with_errors(self, page):
        first(page, "/blog/", "/blog/")
        page.locator("form.comment-form button[type=submit]").click()
        page.wait_for_load_state()

        assert page.locator("[aria-invalid=true]").count() == 3
        assert problems(page) == []

    def test_finds_nothing_on_a_subscribe_form_with_errors(self, page):
        page.goto("/abonneren/")
        page.locator("main form:has([name=consent]) button[type=submit]").click()
        page.wait_for_load_state()

        assert page.locator("[aria-invalid=true]").count() >= 2
        assert problems(page) == []

    def test_finds_nothing_on_the_page_of_a_thread(self, page):
        first(page, "/", "/reacties/")
        page.goto(page.locator(".comment__actions a").first.get_attribute("href"))

        assert problems(page) == []


class TestTheDesk:
    def test_has_no_problem_of_its_own(self, page):
        page.goto("/admin/login/")
        page.locator("[name=username]").fill("moderator")
        page.locator("[name=password]").fill("estafette")
        page.locator("button[type=submit]").click()
        page.wait_for_url("**/admin/")
        page.goto("/admin/reacties/")

        page.locator(".desk__refuse summary").first.click()

        found = Axe().run(page, context=".desk", options={"runOnly": WCAG})
        assert found.response["violations"] == []
