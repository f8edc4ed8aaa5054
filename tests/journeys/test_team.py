"""Editors work together: dossier, log, figures, reasons; and an author under own posts."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.axe import problems
from tests.journeys.people import Person

WIDTHS = [768, 1280]


@pytest.fixture
def person(people) -> Callable[[str], Person]:
    """Return a way to log someone in."""

    def log_in(name: str) -> Person:
        someone = people()
        someone.log_in(name)
        return someone

    return log_in


def has_no_problem_and_fits(page: Page) -> bool:
    """Look at what is ours on an admin page, on screens of two widths."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert too_wide(page) == [], width
        assert problems(page, ".dossier") == [], width
    return True


def too_wide(page) -> list[str]:
    """Return the words of what sticks out of the window; what scrolls by itself may."""
    return page.evaluate(
        """() => [...document.querySelectorAll("main *")]
            .filter(it => !it.closest(".dossier__wide"))
            .filter(it => it.getBoundingClientRect().right > window.innerWidth + 1)
            .map(it => `${it.tagName}.${it.className}: ${it.textContent.trim().slice(0, 40)}`)"""
    )


def open_dossier(page, name: str) -> None:
    """Find a comment by its writer's name in the log, and go to its dossier."""
    log = page.request.get(f"/admin/reacties/logboek/?soort={name}").text()
    rows = log.split("dossier__table", 1)[1].split("<tbody", 1)[1]
    page.goto(re.search(r'<a\b[^<>]*?\shref="([^"]+)"', rows)[1])


class TestTheDossier:
    @pytest.mark.long
    def test_has_no_problem_and_fits(self, person):
        page = person("redactie").page

        for kind in ("assigned", "second_opinion", "decided"):
            open_dossier(page, kind)
            for summary in page.locator(".dossier summary").all():
                summary.click()
            assert has_no_problem_and_fits(page)

    def test_is_where_two_editors_meet(self, person):
        moderator = person("moderator")
        page = moderator.page
        open_dossier(page, "assigned")
        words = "Kijk jij? @redactie"
        page.get_by_role("textbox", name="Notitie").fill(words)
        page.get_by_role("button", name="Bewaar de notitie").click()
        expect(page.locator(".messages")).to_contain_text("Er gaat een mail naar Jolien")
        assert problems(page, ".dossier") == []

        colleague = person("redactie")
        mail = colleague.mail("redactie@example.org", containing="/admin/reacties/")
        colleague.page.goto(re.search(r"https?://\S+/admin/reacties/\S+", mail["text"])[0])
        expect(colleague.page.locator(".dossier")).to_contain_text(words)

    def test_gives_words_back_when_the_reason_is_missing(self, person):
        page = person("moderator").page
        open_dossier(page, "assigned")
        page.get_by_text("Wijzig wat er staat").click()
        page.get_by_role("textbox", name="De tekst").fill("Een andere tekst")
        page.get_by_role("button", name="Wijzig en bericht de schrijver").click()

        expect(page.get_by_role("textbox", name="De tekst")).to_have_value("Een andere tekst")
        expect(page.locator(".dossier [role=alert]")).to_be_visible()
        assert problems(page, ".dossier") == []


@pytest.mark.long
class TestTheOtherScreens:
    @pytest.mark.parametrize("address", ["logboek/", "logboek/?soort=rule", "cijfers/", "bericht/"])
    def test_have_no_problem_and_fit(self, person, address):
        page = person("redactie").page
        page.goto(f"/admin/reacties/{address}")

        assert has_no_problem_and_fits(page)

    def test_of_an_author_have_no_problem_and_fit(self, person):
        page = person("auteur").page
        page.goto("/admin/reacties/mijn-berichten/")
        for summary in page.locator(".dossier summary").all()[:4]:
            summary.click()

        assert has_no_problem_and_fits(page)

    def test_keep_the_reasons(self, person):
        page = person("redactie").page
        page.goto("/admin/reacties/redenen/")
        page.get_by_role("link", name="lastigvallen of bedreigen").first.click()
        expect(page.locator("[name=code]")).to_be_disabled()

        ours = [it for it in problems(page, "main form") if "target-size" not in it]
        assert ours == []

    def test_choose_a_mail(self, person):
        page = person("moderator").page
        page.goto("/admin/reacties/bericht/")
        page.get_by_label("Elk uur, als er iets nieuws wacht").check()
        page.get_by_role("button", name="Bewaar mijn keuze").click()

        expect(page.get_by_label("Elk uur, als er iets nieuws wacht")).to_be_checked()


@pytest.mark.long
class TestThePublicFigures:
    def test_are_found_from_the_house_rules_and_have_no_problem(self, people):
        page = people().page
        page.goto("/huisregels/")
        page.get_by_role("link", name=re.compile("^Cijfers over")).first.click()
        page.wait_for_url("**/cijfers-*/")

        assert page.locator("main table caption").count() >= 3
        assert problems(page) == []
        page.set_viewport_size({"width": 320, "height": 800})
        assert too_wide(page) == []
