"""What a conversation gains with scripts, and that it does without them too."""

import re
import uuid

import pytest
from playwright.sync_api import Page, expect

from tests.demo import Demo
from tests.journeys.people import Person
from tests.journeys.test_accessibility import problems

HALF_A_MINUTE = 31_000  # milliseconds: between two looks for new comments


@pytest.fixture
def people(browser, demo: Demo):
    """Return a maker of people, each with a browser of their own."""
    contexts = []

    def person(**options) -> Person:
        context = browser.new_context(base_url=demo.url, locale="nl-NL", **options)
        context.set_default_timeout(15_000)
        contexts.append(context)
        return Person(demo, context.new_page())

    yield person
    for context in contexts:
        context.close()


@pytest.fixture
def post(demo: Demo, people) -> str:
    """The address of a post with a conversation."""
    page = people().page
    page.goto("/")
    page.goto(page.locator("main a[href^='/reacties/']").first.get_attribute("href"))
    return re.sub(r"[?#].*", "", page.url)


def write(page: Page, words: str) -> None:
    page.locator("[data-comment-form] [name=comment]").fill(words)


def enter(page: Page, name: str) -> None:
    """Log in as a member does."""
    page.goto("/mijn/inloggen/")
    page.locator("main [name=username]").fill(name)
    page.locator("main [name=password]").fill("estafette")
    page.locator("main form:has([name=password]) button[type=submit]").first.click()
    page.wait_for_url("**/mijn/")


def say(person: Person, post: str, words: str) -> None:
    """Let someone who is logged in react."""
    person.page.goto(post)
    person.page.locator("form[data-member]").wait_for()
    write(person.page, words)
    person.page.locator("form[data-member] button[type=submit]").click()
    person.page.wait_for_url("**/verstuurd/**")


class TestNewComments:
    def test_are_offered_and_shown_without_moving_what_is_read(self, people, post):
        reader, moderator = people(), people()
        reader.page.clock.install()
        reader.page.goto(post)
        read = reader.page.locator(".comment[id]").nth(1)
        read.scroll_into_view_if_needed()
        before = read.bounding_box()["y"]
        moderator.log_in("moderator")
        words = f"Net binnen {uuid.uuid4().hex[:8]}"
        say(moderator, post, words)

        reader.page.clock.fast_forward(HALF_A_MINUTE)
        offer = reader.page.locator("[data-live] button")
        expect(offer).to_have_text("1 nieuwe reactie tonen")
        assert read.bounding_box()["y"] == before
        assert problems(reader.page) == []
        offer.evaluate("button => button.click()")  # a real click may scroll to it first

        new = reader.page.locator(".comment--new", has_text=words)
        expect(new).to_be_visible()
        expect(new).to_be_focused()
        assert abs(read.bounding_box()["y"] - before) < 2
        expect(reader.page.locator("[data-live]")).to_contain_text("staan er nu bij")
        reader.page.locator("[data-live] a").click()
        expect(new).to_be_in_viewport()
        reader.page.clock.fast_forward(HALF_A_MINUTE)
        expect(reader.page.locator("[data-live] :is(a, button)")).to_have_count(0)

    def test_are_not_asked_for_while_the_tab_is_hidden(self, people, post):
        page, asked = people().page, []
        page.on("request", lambda request: asked.append(request.url))
        page.clock.install()
        page.goto(post)
        page.evaluate(
            "Object.defineProperty(document, 'hidden', {get: () => true, configurable: true})"
        )

        page.clock.fast_forward(3 * HALF_A_MINUTE)
        page.wait_for_timeout(200)
        assert not [address for address in asked if "/nieuw/" in address]

        page.evaluate("Object.defineProperty(document, 'hidden', {get: () => false})")
        with page.expect_request("**/nieuw/*"):
            page.clock.fast_forward(HALF_A_MINUTE)


class TestAHalfWrittenComment:
    def test_survives_a_reload_until_it_is_sent(self, people, post):
        page = people().page
        page.goto(post)
        write(page, "Hier was ik gebleven")
        expect(page.locator("[data-draft-kept]")).to_be_visible()

        page.reload()
        field = page.locator("[name=comment]")
        expect(field).to_have_value("Hier was ik gebleven")
        expect(page.locator("[data-draft-back]")).to_be_visible()

        page.locator("[name=name]").fill("Noor")
        page.locator("[name=email]").fill(f"{uuid.uuid4().hex[:8]}@example.org")
        page.locator("[data-comment-form] button[type=submit]").click()
        page.wait_for_url("**/verstuurd/**")
        page.goto(post)
        expect(field).to_have_value("")

    def test_is_forgotten_when_its_writer_wants_that(self, people, post):
        page = people().page
        page.goto(post)
        write(page, "Toch maar niet")

        page.locator("[data-draft-forget]").click()
        expect(page.locator("[data-draft-gone]")).to_be_visible()
        write(page, "Toch maar niet, nee")

        page.reload()
        expect(page.locator("[name=comment]")).to_have_value("")


class TestThePreview:
    def test_follows_what_is_typed(self, people, post):
        page = people().page
        page.goto(post)
        write(page, "Een *goed* verhaal")
        button, box = page.locator("[data-preview-button]"), page.locator("[data-preview-box]")
        expect(box).to_be_hidden()

        button.click()
        expect(box.locator("em")).to_have_text("goed")
        write(page, "Een **beter** verhaal")
        expect(box.locator("strong")).to_have_text("beter")
        assert problems(page) == []

        button.click()
        expect(box).to_be_hidden()
        assert page.url.split("#")[0] == post

    def test_is_a_page_without_scripts(self, people, post):
        page = people(java_script_enabled=False).page
        page.goto(post)
        write(page, "Een *goed* verhaal")

        page.locator("[data-preview-button]").click()

        expect(page.locator("[data-preview-box] em")).to_have_text("goed")
        expect(page.locator("[name=comment]")).to_have_value("Een *goed* verhaal")


class TestAppreciation:
    def test_of_a_member_counts_in_place_and_is_found_back(self, people, post):
        member = people()
        page = member.page
        enter(page, "lid")
        page.goto(post)
        button = page.locator(".appreciation__button").first
        expect(button).to_have_attribute("aria-pressed", "false")
        count = int(button.locator(".appreciation__count").inner_text())

        button.click()
        expect(button).to_have_attribute("aria-pressed", "true")
        expect(button.locator(".appreciation__count")).to_have_text(str(count + 1))
        expect(page.locator("[data-said]")).to_have_text("Je waardeert deze reactie.")
        assert page.url == post

        page.reload()
        expect(button).to_have_attribute("aria-pressed", "true")
        button.click()
        expect(button.locator(".appreciation__count")).to_have_text(str(count))

    def test_of_a_stranger_leads_to_the_page_that_explains(self, people, post):
        page = people().page
        page.goto(post)

        page.locator(".appreciation__button").first.click()

        expect(page).to_have_url(re.compile("/waardering/$"))
        expect(page.locator("h1")).to_be_visible()


class TestFollowing:
    @pytest.mark.parametrize("javascript", [True, False])
    def test_gets_a_mail_about_a_new_comment_and_stops_with_one_click(
        self, people, post, javascript
    ):
        reader, moderator = people(java_script_enabled=javascript), people()
        address = f"{uuid.uuid4().hex[:8]}@example.org"
        reader.page.goto(post)
        reader.page.locator("a[href$='/volgen/']").click()
        assert problems(reader.page) == [] if javascript else True
        reader.page.locator("[name=email]").last.fill(address)
        reader.page.locator("main form button[type=submit]").click()
        reader.confirm_by_mail(address)
        expect(reader.page.locator("h1")).to_have_text("Je volgt dit gesprek")

        moderator.log_in("moderator")
        words = f"Voor wie volgt {uuid.uuid4().hex[:8]}"
        say(moderator, post, words)
        mail = reader.mail(address, containing=words)

        assert "hele gesprek" in mail["text"]
        reader.page.goto(re.search(r"<(.+)>", mail["headers"]["List-Unsubscribe"])[1])
        reader.page.locator("main form button[type=submit]").click()
        expect(reader.page.locator("h1")).to_have_text("Deze mails zijn gestopt")
