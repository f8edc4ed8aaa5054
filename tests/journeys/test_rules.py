"""An editor makes a block rule and trusts a writer; what axe-core finds on the way."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.demo import Demo
from tests.journeys.axe import problems
from tests.journeys.people import Person
from tests.journeys.reading import first

LIST, NEW = "/admin/reacties/regels/", "/admin/reacties/regels/nieuw/"


@pytest.fixture
def editor(people) -> Person:
    return people().log_in("moderator")


@pytest.fixture
def editor_without_scripts(people) -> Person:
    return people(java_script_enabled=False).log_in("moderator")


def a_comment(demo: Demo) -> str:
    """Return the public id of a comment that everyone can read."""
    return re.search("/reacties/([0-9a-f-]{36})/", first(demo, "/", "/reacties/"))[1]


def make(page: Page, pattern: str) -> None:
    """Fill in a rule about a word, look at what it would have caught, and save it."""
    page.goto(NEW)
    page.locator("[name=pattern]").fill(pattern)
    page.locator("[name=reason]").fill("Komt te vaak langs.")
    page.locator("form:has([name=pattern]) button[type=submit]").click()
    page.locator("form:has([name=gezien]) button:not([name])").click()


@pytest.mark.long
class TestAxe:
    def test_finds_nothing_while_a_rule_is_made_and_ended(self, editor, post):
        page = editor.page
        editor.say(post, "De gokhuizen rond het plein doen niet mee.")
        page.goto(NEW)
        assert problems(page, ".rules") == []

        page.locator("form:has([name=pattern]) button[type=submit]").click()
        expect(page.locator(".error-message")).to_have_count(2)
        assert problems(page, ".rules") == []

        page.locator("[name=pattern]").fill("gokhuis")
        page.locator("[name=inside_compounds]").check()
        page.locator("[name=reason]").fill("Om te zien wat er staat.")
        page.locator("form:has([name=pattern]) button[type=submit]").click()
        expect(page.locator(".rules__caught mark").first).to_be_visible()
        assert problems(page, ".rules") == []

        page.locator("form:has([name=gezien]) button:not([name])").click()
        expect(page.locator(".rules__table")).to_contain_text("gokhuis")
        assert problems(page, ".rules") == []

        page.locator(".rules__acts a[href$='/beeindigen/']").first.click()
        assert problems(page, ".rules") == []
        page.locator(".rules button[type=submit]").click()
        page.goto(f"{LIST}?staat=beeindigd")
        page.locator(".rules__acts a[href$='/verwijderen/']").first.click()
        assert problems(page, ".rules") == []
        page.locator(".rules button[type=submit]").click()

    def test_finds_nothing_where_a_rule_comes_from_a_comment(self, editor):
        comment = a_comment(editor.demo)

        for kind in ("word", "domain", "address", "network"):
            editor.page.goto(f"{NEW}?reactie={comment}&soort={kind}")
            expect(editor.page.locator(".rules__source")).to_be_visible()
            assert problems(editor.page, ".rules") == []

    def test_finds_nothing_on_the_page_of_a_writer(self, editor):
        page = editor.page
        page.goto(f"/admin/reacties/schrijvers/{a_comment(editor.demo)}/")
        assert problems(page, ".rules") == []

        page.locator(".rules form button[type=submit]").click()
        expect(page.locator(".error-message")).to_have_count(1)
        assert problems(page, ".rules") == []

        page.locator("[name=level][value=trusted]").check()
        page.locator("[name=reason]").fill("Ken ik van de werkgroep.")
        page.locator(".rules form button[type=submit]").click()
        expect(page.locator(".rules__caught")).to_contain_text("Ken ik van de werkgroep.")
        assert problems(page, ".rules") == []


class TestWithoutJavaScript:
    def test_a_rule_is_made_and_taken_away(self, editor_without_scripts):
        page = editor_without_scripts.page

        make(page, "zondergokken")
        row = page.locator(".rules__table tr", has_text="zondergokken")
        expect(row).to_have_count(1)

        row.locator("a[href$='/verwijderen/']").click()
        page.locator(".rules button[type=submit]").click()
        page.wait_for_url(f"**{LIST}")
        expect(row).to_have_count(0)
