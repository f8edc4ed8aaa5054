"""An editor clears the desk by keyboard alone, and the same without JavaScript by forms."""

import json
import re
from collections import Counter

import pytest
from playwright.sync_api import Page, expect

from tests.demo import Demo
from tests.journeys.axe import problems
from tests.journeys.people import Person

DESK = "/admin/reacties/"

# Put comments under a post of their own; print where.
FILL = """
import json
from django.utils import timezone
from blog.models import BlogPage
from community.comments import comments
page = BlogPage.objects.live().order_by("pk").first()
post = page.copy(update_attrs={{"title": "{name}", "slug": "{name}"}})
for number in range({count}):
    comments.insert(
        page=post, name=f"Schrijver {{number}}", email=f"{name}{{number}}@example.org",
        text=f"Dit is reactie {{number}} bij {name}.", status="pending",
        confirmed_at=timezone.now(),
    )
print(json.dumps(post.pk))
"""
STATES = """
import json
from community.comments.models import Comment
from community.moderation.models import Act
theirs = Comment.objects.filter(page_id={pk})
print(json.dumps({{
    "statuses": [*theirs.order_by("pk").values_list("status", flat=True)],
    "acts": [*Act.objects.filter(comment__page_id={pk}).values_list("kind", flat=True)],
}}))
"""


def fill(demo: Demo, name: str, count: int) -> int:
    """Return the key of a new page with ``count`` comments that wait."""
    code = FILL.format(name=name, count=count)
    return json.loads(demo.run(code))


def states(demo: Demo, pk: int) -> dict[str, list[str]]:
    return json.loads(demo.run(STATES.format(pk=pk)))


def at(page: Page, pk: int) -> str:
    return f"{DESK}?staat=pending&pagina={pk}"


@pytest.fixture
def moderator(people) -> Person:
    return people().log_in("moderator")


@pytest.fixture
def colleague(people) -> Person:
    return people().log_in("redactie")


def begin(page: Page) -> None:
    """Go to the first comment, once the keys of the desk are there."""
    expect(page.locator("[data-keys-row]")).to_be_visible()
    page.keyboard.press("j")


def mark_first_as_spam(page: Page, pk: int) -> None:
    """Decide about the first that waits, as a colleague elsewhere does."""
    page.goto(at(page, pk))
    page.locator("[data-item] button[value=spam]").first.click()
    expect(page.locator("[data-done]")).to_have_count(1)


class TestTheKeyboard:
    def test_clears_the_desk_without_a_reload(self, moderator: Person, demo: Demo):
        pk, page = fill(demo, "toetsenbord", 3), moderator.page
        page.goto(at(page, pk))
        loads: list[str] = []
        page.on("load", lambda _: loads.append(page.url))

        begin(page)
        for number, keys in enumerate(("r2", "s", "a")):
            expect(page.locator("[data-item]:focus")).to_contain_text(f"Dit is reactie {number} ")
            for key in keys:
                page.keyboard.press(key)
            expect(page.locator("[data-done]")).to_have_count(number + 1)

        assert loads == []
        found = states(demo, pk)
        assert found["statuses"] == ["rejected", "spam", "approved"]
        assert found["acts"] == ["decided"] * 3
        page.goto(at(page, pk))
        expect(page.locator(".desk__empty")).to_be_visible()
        moderator.mail("toetsenbord2@example.org", containing="geplaatst")
        moderator.mail("toetsenbord0@example.org", containing="gaat niet over dit onderwerp")

    def test_undoes_moves_ticks_and_explains_itself(self, moderator: Person, demo: Demo):
        pk, page = fill(demo, "toetsen", 4), moderator.page
        page.goto(at(page, pk))

        begin(page)
        page.keyboard.press("s")
        expect(page.locator("[data-done]")).to_have_count(1)
        page.keyboard.press("z")
        expect(page.locator("[data-done]")).to_have_count(0)
        assert set(states(demo, pk)["statuses"]) == {"pending"}
        page.keyboard.press("x")
        page.keyboard.press("j")
        page.keyboard.press("j")
        page.keyboard.press("Shift+X")
        expect(page.locator("[data-chosen]")).to_have_text("3 reacties gekozen")
        page.keyboard.press("?")
        expect(page.locator("dialog[open]")).to_be_visible()
        page.locator("#toetsen-aan").uncheck()
        page.keyboard.press("Escape")
        page.keyboard.press("a")

        assert set(states(demo, pk)["statuses"]) == {"pending"}

    def test_tells_the_second_of_two_editors(
        self, moderator: Person, colleague: Person, demo: Demo
    ):
        pk, page = fill(demo, "tweeredacteuren", 2), moderator.page
        page.goto(at(page, pk))
        other = colleague
        other.page.goto(at(other.page, pk))

        begin(other.page)
        other.page.keyboard.press("s")
        expect(other.page.locator("[data-done]")).to_have_count(1)
        begin(page)
        page.keyboard.press("a")

        expect(page.locator("[data-said]")).to_contain_text("was eerst")
        expect(page.locator("[data-item]:focus .desk__state")).to_have_text(re.compile("spam"))

    @pytest.mark.parametrize("javascript", [True, False])
    def test_tells_who_decides_about_many(self, people, colleague: Person, javascript: bool):
        demo, other = colleague.demo, colleague
        pk = fill(demo, f"samen{javascript:d}", 4)
        person = people(java_script_enabled=javascript)
        person.log_in("moderator")
        page = person.page
        page.goto(at(page, pk))
        for box in page.locator(".desk__box").all():
            box.check()

        mark_first_as_spam(other.page, pk)
        page.locator("#samen button[value=approve]").click()
        expect(page.locator(".desk")).to_contain_text("was eerst: de reactie van Schrijver 0")
        assert not javascript or problems(page, ".desk") == []
        mark_first_as_spam(other.page, pk)
        page.locator("[data-ask] button[value=approve]").click()

        said = page.locator("[data-busy]" if javascript else ".messages")
        expect(said).to_contain_text("Over 2 reacties is besloten")
        expect(said).to_contain_text("was eerst: de reactie van Schrijver 1")
        assert states(demo, pk)["statuses"] == ["spam", "spam", "approved", "approved"]


class TestWithoutJavaScript:
    def test_the_same_goes_by_forms(self, people, demo: Demo):
        moderator = people(java_script_enabled=False)
        moderator.log_in("moderator")
        pk, page = fill(demo, "formulieren", 12), moderator.page
        page.goto(at(page, pk))

        page.locator("[data-item]").first.locator("button[value=approve]").click()
        expect(page.locator("[data-item]")).to_have_count(11)
        first = page.locator("[data-item]").first
        first.locator("summary[data-key=r]").click()
        first.locator("button[value=reject]").click()
        expect(page.locator(".desk__error")).to_be_visible()
        open_item = page.locator("[data-item]:has(.desk__error)")
        open_item.locator("select[name=reason]").select_option("offensive")
        open_item.locator("button[value=reject]").click()
        expect(page.locator("[data-item]")).to_have_count(10)
        page.locator(".desk__undoable summary").click()
        page.locator(".desk__undoable button").first.click()
        expect(page.locator("[data-item]")).to_have_count(11)
        for box in page.locator(".desk__box").all()[1:]:
            box.check()
        page.locator("#samen button[value=approve]").click()
        page.locator("form button[value=approve]").click()

        expect(page.locator("[data-item]")).to_have_count(1)
        assert Counter(states(demo, pk)["statuses"]) == {"approved": 11, "pending": 1}


@pytest.mark.long
class TestAxe:
    @pytest.mark.parametrize(
        "address",
        [
            "",
            "?staat=alle&filter=1",
            "?staat=geweigerd",
            "?staat=spam",
            "?staat=bezwaren",
            "?staat=gemeld",
            "?staat=alle&zoek=bestaatniet",
        ],
    )
    def test_finds_nothing_on_the_desk(self, moderator: Person, address: str):
        moderator.page.goto(DESK + address)

        assert problems(moderator.page, ".desk") == []
