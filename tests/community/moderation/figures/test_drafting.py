"""The page of the figures, as a draft for an editor."""

import datetime as dt

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from wagtail.models import Locale, Page

from community.moderation import figures
from community.moderation.models import FiguresPage
from community.moderation.tasks import draft_figures
from home import roles
from home.setup import ensure_site
from tests import factories
from tests.community.moderation.figures.deciding import IN_YEAR, YEAR, decided
from tests.html import text_of
from tests.races import together


class TestADraft:
    @pytest.fixture
    def admin(self, db):
        return factories.UserFactory(is_superuser=True)

    @pytest.fixture
    def tree(self, db):
        return ensure_site()

    def draft(self, by=None, year=YEAR):
        return figures.draft(year, by=by, now=IN_YEAR)

    def test_stands_in_both_languages_and_waits_for_an_editor(self, tree, admin, client):
        dutch, english = self.draft(admin)

        assert (dutch.slug, english.slug) == ("cijfers-2026", "figures-2026")
        assert (dutch.title, english.title) == ("Cijfers over 2026", "Figures of 2026")
        assert dutch.get_translation(Locale.objects.get(language_code="en")).pk == english.pk
        assert not FiguresPage.objects.live().exists()
        assert client.get("/cijfers-2026/").status_code == 404

    def test_is_published_as_it_was_counted(self, tree, admin, client):
        editor = factories.UserFactory(moderator=True)
        decided(editor, "rejected", reason="hate")
        page, _ = self.draft(admin)
        decided(editor, "rejected", reason="hate")

        page.get_latest_revision().publish(user=admin)

        shown = text_of(client.get("/cijfers-2026/"))
        assert "</th><td>1</td><td>0</td>" in shown

    def test_is_renewed_with_the_words_of_the_editor(self, tree, admin):
        page, _ = self.draft(admin)
        changed = page.get_latest_revision_as_object()
        changed.introduction = "Een rustig jaar."
        changed.save_revision(user=admin).publish(user=admin)
        decided(factories.UserFactory(moderator=True), "approved")

        self.draft(admin)

        page.refresh_from_db()
        latest = page.get_latest_revision_as_object()
        assert latest.introduction == "Een rustig jaar."
        assert latest.figures["decisions"] == {"approved": 1}
        assert page.figures["decisions"] == {}
        assert page.has_unpublished_changes
        assert FiguresPage.objects.count() == 2

    def test_keeps_its_figures_in_the_page_editor(self, tree, client):
        decided(factories.UserFactory(moderator=True), "approved")
        editor = factories.UserFactory()
        editor.groups.add(Group.objects.get(name=roles.EDITORS))
        page, _ = self.draft(editor)
        client.force_login(editor)
        address = reverse("wagtailadmin_pages:edit", args=[page.pk])
        fields = {"title": page.title, "slug": page.slug, "introduction": "Rustig jaar."}

        client.post(address, {**fields, "figures": "{}", "year": "1999", "action-publish": "1"})

        shown = text_of(client.get("/cijfers-2026/"))
        assert "Rustig jaar." in shown
        page.refresh_from_db()
        assert (page.year, page.figures["decisions"]) == (2026, {"approved": 1})

    def test_is_for_who_may_add_pages(self, tree, db):
        with pytest.raises(PermissionDenied):
            self.draft(factories.UserFactory(moderator=True))

        assert not FiguresPage.objects.exists()

    def test_of_last_year_comes_by_itself_once(self, tree):
        with time_machine.travel(dt.datetime(2027, 1, 2, 5, tzinfo=dt.UTC), tick=False):
            draft_figures()
            revisions = FiguresPage.objects.first().revisions.count()
            draft_figures()

        assert {page.year for page in FiguresPage.objects.all()} == {2026}
        assert FiguresPage.objects.first().revisions.count() == revisions

    def test_without_a_home_page_does_not_come(self, untouched):
        assert not figures.draft_once(YEAR, now=IN_YEAR)

    def test_cannot_be_made_by_hand(self, tree):
        assert FiguresPage not in tree.home.creatable_subpage_models()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
class TestTwoBeatsAtOnce:
    def test_make_one_draft(self):
        factories.the_home()

        results = together(2, figures.draft_once, YEAR, now=IN_YEAR)

        assert sorted(results) == [False, True]
        assert Page.objects.filter(slug__startswith="cijfers-2026").count() == 1
