import datetime as dt

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale, Page

from community.moderation import decisions, figures, log, objections, undoing
from community.moderation.models import Case, FiguresPage, Notice, Reason
from community.moderation.models.figures import in_words
from community.moderation.tasks import draft_figures
from home import roles
from home.setup import ensure_site
from tests import factories
from tests.html import text_of
from tests.races import together

pytestmark = pytest.mark.both

YEAR = 2026
IN_YEAR = dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC)


@pytest.fixture
def editor(db):
    return factories.UserFactory(moderator=True)


def count():
    return figures.count(YEAR, now=IN_YEAR)


def decided(editor, status, *, after_minutes=60, reason="", was="pending", at=IN_YEAR):
    came = at - dt.timedelta(minutes=after_minutes)
    comment = factories.comment(status=status, at=came)
    return log.write(
        kind="decided",
        by=editor,
        comment=comment,
        from_status=was,
        to_status=status,
        reason=Reason.objects.filter(code=reason).first(),
        at=at,
    )


class TestCount:
    def test_of_nothing_is_nothing(self, db):
        counted = count()

        assert (counted["received"], counted["median_minutes"]) == (0, None)
        assert counted["decisions"] == {}
        assert counted["reasons"] == []

    def test_counts_decisions_by_outcome_and_reason(self, editor):
        decided(editor, "approved")
        decided(editor, "rejected", reason="hate")
        decided(editor, "rejected", reason="hate")
        decided(editor, "removed", reason="hate", was="approved")
        decided(editor, "spam", reason="spam")

        counted = count()

        assert counted["received"] == 4  # spam was never confirmed
        assert counted["decisions"] == {"approved": 1, "rejected": 2, "removed": 1, "spam": 1}
        [reason] = counted["reasons"]
        assert (reason["code"], reason["refused"], reason["removed"]) == ("hate", 2, 1)

    def test_leaves_out_what_was_undone(self, editor):
        with time_machine.travel(IN_YEAR, tick=False):
            comment = factories.comment(status="pending")
            act = decisions.reject(comment, by=editor, reason="other")
            undoing.undo(act, by=editor, now=timezone.now())

            assert count()["decisions"] == {}
            assert count()["reasons"] == []

    def test_ends_a_year_at_midnight_here(self, editor):
        decided(editor, "approved", at=dt.datetime(2025, 12, 31, 23, 30, tzinfo=dt.UTC))
        decided(editor, "approved", at=dt.datetime(2026, 12, 31, 23, 30, tzinfo=dt.UTC))

        assert count()["decisions"] == {"approved": 1}

    def test_gives_the_median_of_the_waits(self, editor):
        for minutes in (10, 30, 500):
            decided(editor, "approved", after_minutes=minutes)

        assert count()["median_minutes"] == 30

    def test_counts_a_doubt_of_software(self, editor):
        with time_machine.travel(IN_YEAR, tick=False):
            comment = factories.comment(status="pending", evidence={"phase": "links"})
            decisions.approve(comment, by=editor)

            assert count()["flagged"] == 1

    def test_counts_objections_and_notices_with_their_outcomes(self, editor):
        colleague = factories.UserFactory(moderator=True)
        refused = [factories.comment(status="rejected") for _ in range(3)]
        made = [objections.object_to(it, text="Nee", language="nl", now=IN_YEAR) for it in refused]
        objections.grant(made[0], by=colleague, now=IN_YEAR)
        objections.deny(made[1], by=colleague, now=IN_YEAR, answer="Nee")
        closed = {"closed_at": IN_YEAR, "outcome": "kept"}
        case = Case.objects.create(comment=refused[0], opened_at=IN_YEAR, **closed)
        Notice.objects.create(
            case=case, reason=Reason.objects.first(), explanation="x", language="nl", at=IN_YEAR
        )

        counted = count()

        assert counted["objections"] == {"received": 3, "granted": 1, "denied": 1, "open": 1}
        assert counted["notices"] == {
            "received": 1,
            "cases": 1,
            "removed": 0,
            "withdrawn": 0,
            "kept": 1,
            "open": 0,
        }

    def test_of_ten_costs_as_many_queries_as_of_one(self, editor, count_queries):
        decided(editor, "rejected", reason="hate")
        one = count_queries(count)
        for _ in range(9):
            decided(editor, "rejected", reason="hate")

        assert count_queries(count) == one


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
