"""What axe-core finds on the pages of the demo, in light and in dark."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page, expect

from tests.demo import Demo
from tests.journeys.axe import problems
from tests.journeys.people import Person, fill_in, react, waiting
from tests.journeys.reading import first

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


@pytest.fixture(scope="module")
def page(browser, demo: Demo) -> Iterator[Page]:
    """A window for all who only look around."""
    opened = browser.new_page(base_url=demo.url)
    yield opened
    opened.close()


class TestAxe:
    @pytest.mark.parametrize("name", PAGES)
    def test_finds_nothing_on_a_page(self, page, name):
        page.goto(PAGES[name])

        assert problems(page) == []

    @pytest.mark.parametrize(
        ("index", "link"),
        [("/blog/", "/blog/"), ("/hulpmiddelen/", "/hulpmiddelen/"), ("/keten/", "/keten/")],
    )
    def test_finds_nothing_behind_a_card(self, page, demo, index, link):
        page.goto(first(demo, index, link))

        assert problems(page) == []

    @pytest.mark.parametrize("link", ["/auteurs/", "/organisaties/", "/onderwerpen/"])
    def test_finds_nothing_behind_a_byline_or_a_tag(self, page, demo, link):
        page.goto(first(demo, first(demo, "/blog/", "/blog/"), link))

        assert problems(page) == []

    def test_finds_nothing_on_a_comment_form_with_errors(self, page, demo):
        page.goto(first(demo, "/blog/", "/blog/"))
        page.locator("form.comment-form button[type=submit]").click()
        page.wait_for_load_state()

        expect(page.locator("[aria-invalid=true]")).to_have_count(3)
        assert problems(page) == []

    def test_finds_nothing_on_a_subscribe_form_with_errors(self, page):
        page.goto("/abonneren/")
        page.locator("main form:has([name=consent]) button[type=submit]").click()
        page.wait_for_load_state()

        assert page.locator("[aria-invalid=true]").count() >= 2
        assert problems(page) == []

    def test_finds_nothing_on_the_page_of_a_thread(self, page, demo):
        page.goto(first(demo, "/", "/reacties/"))
        page.goto(page.locator(".comment__actions a").first.get_attribute("href"))

        assert problems(page) == []


class TestTheWayOfAComment:
    @pytest.mark.long
    def test_has_no_problem_from_writing_to_objecting(self, people, post):
        reader, address = people(), f"{uuid.uuid4().hex[:8]}@example.org"
        page = reader.page
        page.goto(post)
        react(page, f"Over de hele weg {address}", address)
        assert problems(page) == []

        text = reader.mail(address, containing="/bevestigen/")["text"]
        page.goto(next(word for word in text.split() if "/bevestigen/" in word))
        assert problems(page) == []
        page.locator("main form button[type=submit]").last.click()
        expect(page.locator("h1")).to_contain_text("bevestigd")
        assert problems(page) == []
        page.locator("main a[href*='/stand/']").click()
        expect(page.locator("main h2")).to_have_text("Wacht op beoordeling")
        assert problems(page) == []

        refuse(people(), address)
        text = reader.mail(address, containing="De reden:")["text"]
        page.goto(next(word for word in text.split() if "/stand/" in word))
        assert problems(page) == []
        page.locator("main a[href*='/bezwaar/']").first.click()
        expect(page.locator("[name=objection]")).to_be_visible()
        assert problems(page) == []

    def test_has_no_problem_with_appreciation_and_following(self, people, post):
        page = people().page
        page.goto(post)
        address = page.locator("form.appreciation").first.get_attribute("action")
        follow = page.locator("a[href$='/volgen/']").get_attribute("href")
        page.goto(address)
        assert problems(page) == []

        page.locator("main form button[type=submit]").click()
        expect(page.locator("h1")).to_have_text("Laat ons je eerst kennen")
        assert problems(page) == []

        page.goto(follow)
        assert problems(page) == []


class TestAPageThatShuts:
    def test_has_no_problem_when_its_conversation_closes_meanwhile(self, demo, people, post):
        page = people().page
        page.goto(post)
        with changed(demo, post, "post.comments_mode = 'closed'", "post.comments_mode = 'inherit'"):
            fill_in(page, "Net te laat", "noor@example.org")

            expect(page.locator("h1")).to_have_text("Dit gesprek is gesloten")
            assert problems(page) == []

    def test_has_no_problem_when_it_has_a_password(self, demo, people, post):
        page = people().page
        restrict = "post.view_restrictions.create(restriction_type='password', password='sesam')"
        with changed(demo, post, restrict, "post.view_restrictions.all().delete()"):
            page.goto(post)
            expect(page.locator("h1")).to_have_text("Deze pagina heeft een wachtwoord")
            assert problems(page) == []

            page.locator("[name=password]").fill("raden")
            page.locator("main button[type=submit]").click()
            expect(page.locator(".error-summary")).to_be_focused()
            assert problems(page) == []


def refuse(moderator: Person, words: str) -> None:
    """Let an editor refuse the comment with ``words``."""
    moderator.log_in("moderator")
    item = waiting(moderator.page, words)
    item.locator("[data-refuse] summary").click()
    item.locator("[data-refuse] [name=reason]").select_option(index=1)
    item.locator("[data-refuse] button[type=submit]").click()
    expect(moderator.page.locator(".desk__item", has_text=words)).to_have_count(0)


@contextmanager
def changed(demo: Demo, address: str, change: str, undo: str) -> Iterator[None]:
    """Change a post for a while, as an editor would."""
    slug = address.rstrip("/").rsplit("/", 1)[-1]
    find = f"from blog.models import BlogPage\npost = BlogPage.objects.get(slug={slug!r})"
    demo.run(f"{find}\n{change}\npost.save()")
    yield
    demo.run(f"{find}\n{undo}\npost.save()")


class TestTheDesk:
    def test_has_no_problem_of_its_own(self, people):
        moderator = people()
        moderator.log_in("moderator")
        page = moderator.page
        page.goto("/admin/reacties/")

        page.locator("[data-refuse] summary").first.click()
        assert problems(page, ".desk") == []
