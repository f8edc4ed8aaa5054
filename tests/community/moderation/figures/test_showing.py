"""The figures as readers see them, and the screen that asks for them."""

import pytest
from django.urls import reverse

from community.moderation import figures
from community.moderation.models import FiguresPage
from community.moderation.models.figures import in_words
from home.setup import ensure_site
from tests import factories
from tests.community.moderation.figures.deciding import IN_YEAR, YEAR, count
from tests.html import text_of

pytestmark = pytest.mark.both


class TestThePage:
    def test_of_a_year_without_comments_says_so(self, home, client):
        page = FiguresPage(title="Cijfers", slug="cijfers-2026", year=YEAR, figures=count())
        home.add_child(instance=page)

        shown = text_of(client.get(page.url))

        assert "Er is niets geweigerd of weggehaald." in shown
        assert "er is niets beslist" in shown
        assert shown.count("<caption>") == 3

    def test_says_when_the_year_was_not_over(self, home, client):
        words = "Het jaar was nog niet voorbij."
        for year, is_partial in ((2025, False), (2026, True)):
            counted = figures.count(year, now=IN_YEAR)
            page = FiguresPage(title="Cijfers", slug=f"c-{year}", year=year, figures=counted)
            home.add_child(instance=page)

            assert (words in text_of(client.get(page.url))) == is_partial

    def test_without_figures_is_answered(self, home, client):
        page = FiguresPage(title="Cijfers", slug="cijfers-2026", year=YEAR)
        home.add_child(instance=page)

        assert "Er is nog niets geteld." in text_of(client.get(page.url))

    @pytest.mark.parametrize(
        ("minutes", "words"),
        [
            (None, ""),
            (0, "0 minuten"),
            (1, "1 minuut"),
            (119, "119 minuten"),
            (120, "2 uur"),
            (2879, "48 uur"),
            (2880, "2 dagen"),
        ],
    )
    def test_gives_a_wait_in_words(self, db, minutes, words):
        assert in_words(minutes) == words


class TestTheScreen:
    ADDRESS = "/admin/reacties/cijfers/"

    def test_stands_at_its_address(self):
        assert reverse("moderation:figures") == self.ADDRESS

    def test_makes_a_draft_of_a_year(self, client, db):
        ensure_site()
        client.force_login(factories.UserFactory(is_superuser=True))

        response = client.post(self.ADDRESS, {"year": "2025"}, follow=True)

        assert response.redirect_chain == [(self.ADDRESS, 303)]
        page = text_of(response)
        assert "Cijfers over 2025" in page
        assert "concept" in page

    def test_by_get_makes_nothing(self, client, home):
        client.force_login(factories.UserFactory(is_superuser=True))

        shown = text_of(client.get(self.ADDRESS, {"year": "2025"}))

        assert "Er zijn nog geen cijfers." in shown
        assert not FiguresPage.objects.exists()

    @pytest.mark.parametrize("year", ["", "0", "-1", "1999", "9999", "x", "\x00", "9" * 40])
    def test_of_no_year_shows_the_form_again(self, client, home, year):
        client.force_login(factories.UserFactory(is_superuser=True))

        assert client.post(self.ADDRESS, {"year": year}).status_code == 422
        assert not FiguresPage.objects.exists()

    def test_gives_a_moderator_who_adds_no_pages_only_a_look(self, client, home, editor):
        client.force_login(editor)

        assert '<form method="post" class="dossier' not in text_of(client.get(self.ADDRESS))
        assert client.post(self.ADDRESS, {"year": "2025"}).status_code in {302, 403}
        assert not FiguresPage.objects.exists()
