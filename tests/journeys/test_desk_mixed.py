"""Fifty comments of all sorts, cleared by keys alone; the same by forms; and each other key."""

import json
from collections import Counter
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.demo import Demo
from tests.journeys.axe import problems
from tests.journeys.people import MAIL_WITHIN, Person

DESK = "/admin/reacties/"
COUNT = 50

# Put comments of all sorts under a post of their own; print where.
FILL = """
import json
from django.utils import timezone
from blog.models import BlogPage
from community.comments import comments
from community.comments.models import Comment
from community.moderation import noticing, objections
from community.moderation.models import Reason
page = BlogPage.objects.live().order_by("pk").first()
post = page.copy(update_attrs={{"title": "{name}", "slug": "{name}"}})
now = timezone.now()
for number in range({count}):
    sort = number % 10
    stored = comments.insert(
        page=post, name=f"Schrijver {{number}}", email=f"{name}{{number}}@example.org",
        text=f"Dit is reactie {{number}} bij {name}.", confirmed_at=now,
        status={{6: "approved", 7: "approved", 8: "rejected", 9: "spam"}}.get(sort, "pending"),
        decided_at=now if sort > 5 else None,
    )
    if sort == 7:
        said = noticing.Said(
            reason=Reason.objects.get(code="hate"), explanation="Dit kan niet.", language="nl",
            name="Melder", email=f"melder{{number}}.{name}@example.org",
        )
        noticing.notice(Comment.objects.select_related("page").get(pk=stored.pk), said, now=now)
    if sort == 8:
        objections.object_to(stored, text="Niet mee eens.", language="nl", now=now)
print(json.dumps([post.pk, post.url]))
"""
STATES = """
import json
from community.comments.models import Comment
from community.moderation.models import Act, Case, Objection
theirs = Comment.objects.filter(page_id={pk})
print(json.dumps({{
    "statuses": [*theirs.order_by("pk").values_list("status", flat=True)],
    "acts": [*Act.objects.filter(comment__page_id={pk}).values_list("kind", flat=True)],
    "open": [
        Case.objects.open().filter(comment__page_id={pk}).count(),
        Objection.objects.filter(comment__page_id={pk}, closed_at=None).count(),
    ],
}}))
"""
# By sort of comment: the keys, the same as the value of a button, and what it becomes.
WAYS = {
    0: ("a", "approve", "approved"),
    1: ("s", "spam", "spam"),
    2: ("r2", "reject", "rejected"),
    3: ("a", "approve", "approved"),
    4: ("r4", "reject", "rejected"),
    5: ("a", "approve", "approved"),
    6: ("h", "hold", "pending"),
    7: ("r5", "reject", "removed"),
    8: ("a", "approve", "approved"),
    9: ("a", "approve", "approved"),
}


def run(demo: Demo, code: str):
    return json.loads(demo.run(code).splitlines()[-1])


def wanted(count: int) -> list[str]:
    return [WAYS[number % 10][2] for number in range(count)]


@pytest.fixture
def log_in(people) -> Callable[..., Person]:
    """Return a way to come to the desk as a moderator."""

    def open_desk(**options) -> Person:
        person = people(**options)
        person.log_in("moderator")
        return person

    return open_desk


def begin(page: Page) -> None:
    """Go to the first comment, once the keys of the desk are there."""
    expect(page.locator("[data-keys-row]")).to_be_visible()
    page.keyboard.press("j")


def shown_counts(page: Page) -> dict[str, str]:
    names = ("pending", "gemeld", "bezwaren", "spam", "approved", "geweigerd", "alle")
    return {name: page.locator(f"[data-count={name}]").inner_text() for name in names}


def mails_to(demo: Demo, address: str) -> list[str]:
    return [mail["subject"] for mail in demo.postvak() if mail["to"] == address]


class TestFiftyMixedComments:
    @pytest.mark.long
    def test_are_cleared_by_keys_alone(self, log_in, demo: Demo):
        pk, url = run(demo, FILL.format(name="gemengd", count=COUNT))
        person = log_in()
        page = person.page
        page.goto(f"{DESK}?staat=alle&pagina={pk}")
        loads: list[str] = []
        page.on("load", lambda _: loads.append(page.url))

        for done, number in enumerate(reversed(range(COUNT))):  # the newest first
            if done in {0, 25}:
                if done:
                    with page.expect_navigation():
                        page.keyboard.press("Enter")  # on "show what is still here"
                begin(page)
            expect(page.locator("[data-item]:focus")).to_contain_text(f"Dit is reactie {number} ")
            for key in WAYS[number % 10][0]:
                page.keyboard.press(key)
            expect(page.locator("[data-done]")).to_have_count(done % 25 + 1)

        assert len(loads) == 1
        found = run(demo, STATES.format(pk=pk))
        assert found["statuses"] == wanted(COUNT)
        assert Counter(found["acts"]) == {"decided": 45, "held": 5}
        assert found["open"] == [0, 0]
        counts = shown_counts(page)
        page.reload()
        assert shown_counts(page) == counts
        self.assert_readers_see_what_was_placed(page, url)
        self.assert_each_is_told_once(person, demo)

    def assert_readers_see_what_was_placed(self, page: Page, url: str) -> None:
        page.goto(url)
        for number in range(10):
            words = page.get_by_text(f"Dit is reactie {number} bij gemengd.", exact=True)
            expect(words).to_have_count(1 if WAYS[number][2] == "approved" else 0)

    def assert_each_is_told_once(self, person: Person, demo: Demo) -> None:
        for number, words in {0: "geplaatst", 2: "opnieuw in", 6: "wacht", 8: "alsnog"}.items():
            person.mail(f"gemengd{number}@example.org", containing=words)
        person.mail("gemengd7@example.org", containing="weggehaald")
        person.mail("melder7.gemengd@example.org", containing="weggehaald")
        for number in (0, 2, 6, 7):
            assert len(mails_to(demo, f"gemengd{number}@example.org")) == 1
        assert len(mails_to(demo, "melder7.gemengd@example.org")) == 2  # with the receipt

    @pytest.mark.parametrize("width", [768, 1280])
    def test_can_be_read_without_javascript(self, log_in, width):
        size = {"width": width, "height": 900}
        page = log_in(java_script_enabled=False, viewport=size).page
        page.goto(f"{DESK}?staat=alle")

        box = page.locator("[data-item] .desk__box").first
        box.check(timeout=5000)  # what something covers cannot be clicked
        expect(page.locator("#wagtail-sidebar")).to_be_hidden()

    def test_are_told_what_was_done_without_javascript(self, log_in):
        page = log_in(java_script_enabled=False).page
        page.goto(DESK)

        page.locator("#samen button[value=approve]").click()

        said = page.locator(".messages ul", has_text="Er was niets aangevinkt")
        expect(said).to_have_css("opacity", "1")
        expect(said).to_be_in_viewport(ratio=1)

    @pytest.mark.long
    def test_are_cleared_by_forms_without_javascript(self, log_in, demo: Demo):
        pk, _url = run(demo, FILL.format(name="zonderscript", count=10))
        page = log_in(java_script_enabled=False).page

        page.goto(f"{DESK}?staat=alle&pagina={pk}")
        for number in range(10):
            item = page.locator("[data-item]", has_text=f"Dit is reactie {number} ")
            act = WAYS[number][1]
            if act == "reject":
                item.locator("summary[data-key=r]").click()
                item.locator("select[name=reason]").select_option("offensive")
            with page.expect_navigation():
                item.locator(f"[data-decide] button[value={act}]").click()

        found = run(demo, STATES.format(pk=pk))
        assert found["statuses"] == wanted(10)
        assert Counter(found["acts"]) == {"decided": 9, "held": 1}
        assert found["open"] == [0, 0]


class TestTheOtherKeys:
    def test_change_a_text_and_undo_that(self, log_in, demo: Demo):
        pk, _url = run(demo, FILL.format(name="wijzigen", count=2))
        page = log_in().page
        page.goto(f"{DESK}?staat=pending&pagina={pk}")
        loads: list[str] = []
        page.on("load", lambda _: loads.append(page.url))

        begin(page)
        page.keyboard.press("e")
        assert problems(page, ".desk") == []
        page.keyboard.press("ControlOrMeta+a")
        page.keyboard.type("Wat er overblijft")
        page.keyboard.press("Tab")
        page.keyboard.type("Een nummer hoort hier niet.")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")

        expect(page.locator("[data-item]:focus .desk__text").first).to_have_text(
            "Wat er overblijft"
        )
        page.keyboard.press("z")
        expect(page.locator("[data-item]:focus .desk__text").first).to_contain_text("reactie 0")
        assert loads == []

    def test_open_the_page_and_make_a_block_rule(self, log_in, demo: Demo):
        pk, url = run(demo, FILL.format(name="openen", count=1))
        page = log_in().page
        page.goto(f"{DESK}?staat=pending&pagina={pk}")

        begin(page)
        with page.context.expect_page() as opened:
            page.keyboard.press("o")
        assert url in opened.value.url
        with page.expect_navigation():
            page.keyboard.press("b")

        assert "/regels/" in page.url

    def test_follow_a_decision_about_many(self, log_in, demo: Demo):
        pk, _url = run(demo, FILL.format(name="voortgang", count=6))
        page = log_in().page
        page.goto(f"{DESK}?staat=pending&pagina={pk}")

        page.locator("#samen button[name=alles]").click()
        assert problems(page, ".desk") == []
        page.locator("#reden").select_option("offensive")
        page.locator("button[value=reject]").click()

        expect(page.locator("[data-back]")).to_be_focused(timeout=MAIL_WITHIN * 1000)
        expect(page.locator("[data-busy]")).to_contain_text("Over 6 reacties is besloten")
        assert set(run(demo, STATES.format(pk=pk))["statuses"]) == {"rejected"}
