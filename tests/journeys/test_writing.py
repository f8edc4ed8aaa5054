"""What writing a comment gains with scripts, and what goes wrong without a word."""

import re
import uuid

import pytest
from playwright.sync_api import Page, Route, expect

from tests.journeys.axe import problems

MEMBERS_FORM = re.compile(r"/reacties/\d+/$")


def caret(page: Page) -> list[int]:
    return page.locator("[name=comment]").evaluate("f => [f.selectionStart, f.selectionEnd]")


class TestAHalfWrittenComment:
    def test_survives_a_reload_until_it_is_sent(self, people, post):
        writer = people()
        page = writer.page
        page.goto(post)
        writer.write("Hier was ik gebleven")
        expect(page.locator("[data-draft-kept]")).to_be_visible()

        page.reload()
        field = page.locator("[name=comment]")
        expect(field).to_have_value("Hier was ik gebleven")
        expect(page.locator("[data-draft-back]")).to_be_visible()
        expect(page.locator("[data-form-said]")).to_contain_text("Dit schreef je eerder")

        page.locator("#reageren [name=name]").fill("Noor")
        page.locator("#reageren [name=email]").fill(f"{uuid.uuid4().hex[:8]}@example.org")
        page.locator("[data-comment-form] button[type=submit]").click()
        page.wait_for_url("**/verstuurd/**")
        page.goto(post)
        expect(field).to_have_value("")

    def test_is_forgotten_when_its_writer_wants_that(self, people, post):
        writer = people()
        page = writer.page
        page.goto(post)
        writer.write("Toch maar niet")

        page.locator("[data-draft-forget]").click()
        expect(page.locator("[data-draft-gone]")).to_be_visible()
        writer.write("Toch maar niet, nee")

        page.reload()
        expect(page.locator("[name=comment]")).to_have_value("")

    @pytest.mark.parametrize("kept", ["{", "null", "3", '{"text": 7, "at": 9e15}', "[]"])
    def test_that_another_program_spoiled_is_as_good_as_none(self, people, post, kept):
        writer = people()
        page = writer.page
        page.goto(post)
        writer.write("Toch")
        expect(page.locator("[data-draft-kept]")).to_be_visible()
        page.evaluate(
            "kept => Object.keys(localStorage).forEach(k => (localStorage[k] = kept))", kept
        )

        page.reload()
        expect(page.locator("[data-preview-button]")).to_have_attribute("aria-expanded", "false")
        writer.write("Opnieuw begonnen")

        expect(page.locator("[data-draft-kept]")).to_be_visible()


class TestThePreview:
    def test_follows_what_is_typed(self, people, post):
        writer = people()
        page = writer.page
        page.goto(post)
        writer.write("Een *goed* verhaal")
        button, box = page.locator("[data-preview-button]"), page.locator("[data-preview-box]")
        expect(box).to_be_hidden()

        button.click()
        expect(box.locator("em")).to_have_text("goed")
        expect(page.locator("[data-form-said]")).to_contain_text(
            "Het voorbeeld staat onder je tekst"
        )
        writer.write("Een **beter** verhaal")
        expect(box.locator("strong")).to_have_text("beter")
        assert problems(page) == []

        button.click()
        expect(box).to_be_hidden()
        assert page.url.split("#")[0] == post

    def test_does_not_leave_the_page_after_a_double_click(self, people, post):
        writer = people()
        page = writer.page
        page.goto(post)
        writer.write("Een *goed* verhaal")
        waiting: list[Route] = []
        hold(page, "**/voorbeeld/", waiting)

        page.locator("[data-preview-button]").dblclick()
        for _ in range(250):
            if len(waiting) < 2:
                page.wait_for_timeout(20)
        let_through(waiting[1:])

        expect(page.locator("[data-preview-box]")).to_be_visible()
        assert page.url.split("#")[0] == post

    def test_is_a_page_without_scripts(self, people, post):
        writer = people(java_script_enabled=False)
        page = writer.page
        page.goto(post)
        writer.write("Een *goed* verhaal")

        page.locator("[data-preview-button]").click()

        expect(page.locator("[data-preview-box] em")).to_have_text("goed")
        expect(page.locator("[name=comment]")).to_have_value("Een *goed* verhaal")


class TestTheCounter:
    def test_shows_every_character_and_says_only_the_thresholds(self, people, post):
        page = people().page
        page.goto(post)
        field, said = page.locator("[name=comment]"), page.locator("[data-form-said]")
        shown = page.locator("[data-counter]")

        field.fill("a" * 2699)
        expect(shown).to_be_hidden()
        field.press_sequentially("abcd")
        expect(shown).to_have_text("nog 297 tekens")
        expect(said).to_contain_text("nog 300 tekens")
        expect(said).not_to_contain_text("299")

        field.fill("a" * 2999)
        expect(shown).to_have_text("nog 1 teken")
        expect(said).to_contain_text("nog 1 teken")
        field.press_sequentially("abc")
        expect(shown).to_have_text("2 tekens te veel")
        expect(said).to_contain_text("1 teken te veel")
        expect(said).not_to_contain_text("2 tekens te veel")
        assert shown.get_attribute("id") in field.get_attribute("aria-describedby").split()
        assert problems(page) == []


class TestTheFormOfAMember:
    def test_keeps_the_words_the_focus_and_the_caret(self, people, post):
        member, waiting = people(reduced_motion="reduce"), []
        member.log_in("lid")
        page = member.page
        hold(page, MEMBERS_FORM, waiting)
        page.goto(post)
        field = page.locator("[name=comment]")
        field.press_sequentially("Goed verhaal")
        field.press("Home")
        field.press("Shift+ArrowRight")
        before = field.bounding_box()["y"]

        let_through(waiting)
        page.locator("form[data-member]").wait_for()

        expect(field).to_be_focused()
        expect(field).to_have_value("Goed verhaal")
        expect(page.locator("[data-draft-kept]")).to_be_visible()
        assert caret(page) == [0, 1]
        assert abs(field.bounding_box()["y"] - before) < 2

    def test_does_not_take_a_field_away_in_which_someone_types(self, people, post):
        member, waiting = people(), []
        member.log_in("lid")
        page = member.page
        hold(page, MEMBERS_FORM, waiting)
        page.goto(post)
        page.locator("[name=name]").press_sequentially("Noor")

        with page.expect_response(MEMBERS_FORM):
            let_through(waiting)
        page.locator("[data-preview-button][aria-controls]").wait_for()
        writes_on(page)

        expect(page.locator("[name=name]")).to_have_value("Noor")

    @pytest.mark.parametrize("answer", ["abort", "broken"])
    def test_that_does_not_come_takes_nothing_away(self, people, post, answer):
        member = people()
        member.log_in("lid")
        page = member.page
        page.route(MEMBERS_FORM, lambda route: refuse(route, answer))
        complaints: list[str] = []
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(post)

        writes_on(page)
        page.locator("[data-preview-button]").click()

        expect(page.locator("[data-preview-box]")).to_be_visible()
        assert complaints == []


def hold(page: Page, addresses: str | re.Pattern, waiting: list[Route]) -> None:
    """Let requests to ``addresses`` wait, in ``waiting``."""
    page.route(addresses, lambda route: waiting.append(route))


def let_through(waiting: list[Route]) -> None:
    for route in waiting:
        route.continue_()


def refuse(route: Route, how: str) -> None:
    if how == "abort":
        route.abort()
    else:
        route.fulfill(status=200, content_type="text/html", body="<p>onzin")


def writes_on(page: Page) -> None:
    """Type until this browser keeps the text: then every part of the form works."""
    page.locator("[name=comment]").fill("a" * 2990)
    expect(page.locator("[data-counter]")).to_have_text("nog 10 tekens")
    expect(page.locator("[data-draft-kept]")).to_be_visible()
