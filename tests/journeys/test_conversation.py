"""What a conversation gains with scripts, and that it does without them too."""

import re
import uuid
from collections.abc import Callable

import pytest
from playwright.sync_api import Route, expect

from tests.journeys.axe import problems

HALF_A_MINUTE = 31_000  # milliseconds: between two looks for new comments


def tell(news: dict) -> Callable[[Route], None]:
    """Let the server answer that there is ``news``."""
    return lambda route: route.fulfill(json=news)


class TestNewComments:
    def test_are_offered_and_shown_without_moving_what_is_read(self, people, post):
        reader, moderator = people(alone=True), people()
        reader.page.clock.install()
        reader.page.goto(post)
        read = reader.page.locator(".comment[id]").nth(1)
        read.scroll_into_view_if_needed()
        before = read.bounding_box()["y"]
        moderator.log_in("moderator")
        words = f"Net binnen {uuid.uuid4().hex[:8]}"
        moderator.say(post, words)

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

    def test_do_not_push_away_the_form_in_which_someone_types(self, people, post):
        small = {"width": 1280, "height": 500}
        reader, moderator = people(alone=True, viewport=small), people()
        reader.page.clock.install()
        reader.page.goto(post)
        field = reader.page.locator("[name=comment]")
        field.scroll_into_view_if_needed()
        moderator.log_in("moderator")
        words = f"Net binnen {uuid.uuid4().hex[:8]}"
        moderator.say(post, words)
        reader.page.clock.fast_forward(HALF_A_MINUTE)
        offer = reader.page.locator("[data-live] button")
        expect(offer).to_be_visible()
        before = field.bounding_box()["y"]

        offer.evaluate("button => button.click()")

        expect(reader.page.locator(".comment--new", has_text=words)).to_be_attached()
        assert abs(field.bounding_box()["y"] - before) < 2

    def test_that_stand_elsewhere_are_shown_at_their_own_address(self, people, post):
        page = people(alone=True).page
        page.clock.install()
        page.goto(post)
        there = page.locator(".comment__link").last.get_attribute("href")
        page.route("**/nieuw/*", tell({"count": 1, "key": "f" * 13, "url": there}))

        page.clock.fast_forward(HALF_A_MINUTE)
        page.locator("[data-live] button").click()

        expect(page).to_have_url(re.compile("#reactie-" + there.strip("/").split("/")[-1]))

    def test_are_the_newest_where_the_server_names_no_address(self, people, post):
        page = people(alone=True).page
        page.clock.install()
        page.goto(post)
        page.route("**/nieuw/*", tell({"count": 2, "key": "f" * 13}))

        page.clock.fast_forward(HALF_A_MINUTE)
        page.locator("[data-live] button").click()

        expect(page).to_have_url(re.compile("volgorde=nieuwste"))

    def test_are_not_asked_for_while_the_tab_is_hidden(self, people, post):
        page, asked = people(alone=True).page, []
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


class TestAppreciation:
    def test_of_a_member_counts_in_place_and_is_found_back(self, people, post):
        member = people()
        page = member.page
        member.log_in("lid")
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
        moderator.say(post, words)
        mail = reader.mail(address, containing=words)

        assert "hele gesprek" in mail["text"]
        reader.page.goto(re.search(r"<(.+)>", mail["headers"]["List-Unsubscribe"])[1])
        reader.page.locator("main form button[type=submit]").click()
        expect(reader.page.locator("h1")).to_have_text("Deze mails zijn gestopt")
