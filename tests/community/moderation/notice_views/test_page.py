"""The page of a notice, and its case on the desk."""

import pytest
from django.template.loader import render_to_string
from django.utils import timezone

from community.moderation import cases, decisions, notice_links
from community.moderation.models import Case, Notice
from community.subscriptions import tokens
from tests import factories
from tests.community.moderation.notice_views.sending import WHO

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]


class TestThePageOfANotice:
    @pytest.fixture
    def notice(self, comment) -> Notice:
        return factories.notice(comment, explanation="Dit is <b>laster</b>", **WHO)

    def keep(self, case, moderator):
        cases.keep(case, by=moderator, answer="Dit mag <i>wel</i>.", now=timezone.now())

    def test_says_that_an_editor_still_has_to_look(self, browser, notice):
        response = browser.get(notice_links.path(notice))

        page = response.content.decode()
        assert response.status_code == 200
        assert "no-store" in response["Cache-Control"]
        assert 'content="noindex"' in page
        assert notice.case.number in page
        assert "Dit is &lt;b&gt;laster&lt;/b&gt;" in page
        assert "moet er nog naar kijken" in page
        assert 'name="objection"' not in page

    def test_names_nobody(self, browser, notice, moderator):
        self.keep(notice.case, moderator)

        page = browser.get(notice_links.path(notice)).content.decode()

        for secret in ("Sam de Wit", "sam@example.org", str(moderator)):
            assert secret not in page

    def test_gives_the_answer_and_a_way_to_object(self, browser, notice, moderator):
        self.keep(notice.case, moderator)

        page = browser.get(notice_links.path(notice)).content.decode()

        assert "De reactie blijft staan" in page
        assert "Dit mag &lt;i&gt;wel&lt;/i&gt;." in page
        assert 'name="objection"' in page

    def test_says_that_the_comment_was_taken_away_and_why(
        self, browser, comment, notice, moderator
    ):
        decisions.reject(comment, by=moderator, reason="hate", explanation="Aan Noor alleen")

        page = browser.get(notice_links.path(notice)).content.decode()

        assert "De reactie is weggehaald" in page
        assert "haat of discriminatie" in page
        assert "Aan Noor alleen" not in page
        assert "Woorden van Noor" not in page
        assert 'name="objection"' not in page

    def test_takes_an_objection_once(self, browser, notice, moderator):
        self.keep(notice.case, moderator)
        path = notice_links.path(notice)

        response = browser.post(path, {"objection": "Kijk nog eens"})
        again = browser.post(path, {"objection": "En nog eens"})

        assert response.status_code == again.status_code == 303
        page = browser.get(response.url).content.decode()
        assert "Kijk nog eens" in page
        assert "kijkt opnieuw naar de reactie" in page
        assert 'name="objection"' not in page
        notice.refresh_from_db()
        assert notice.objection == "Kijk nog eens"
        assert Case.objects.count() == 2

    def test_gives_the_answer_to_the_objection(self, browser, notice, moderator):
        self.keep(notice.case, moderator)
        browser.post(notice_links.path(notice), {"objection": "Kijk nog eens"})
        other = factories.UserFactory(moderator=True)
        again = Case.objects.open().get()
        cases.keep(again, by=other, answer="Nog steeds niet.", now=timezone.now())

        page = browser.get(notice_links.path(notice)).content.decode()

        assert "Nog steeds niet." in page
        assert "/huisregels/" in page

    @pytest.mark.parametrize("method", ["get", "head"])
    def test_is_changed_by_no_get(self, browser, notice, moderator, method):
        self.keep(notice.case, moderator)

        getattr(browser, method)(notice_links.path(notice), {"objection": "Kijk nog eens"})

        assert Case.objects.count() == 1

    @pytest.mark.parametrize("text", ["", "  \n", "\x00", "x" * 2001])
    def test_shows_an_objection_that_cannot_be_again(self, browser, notice, moderator, text):
        self.keep(notice.case, moderator)

        response = browser.post(notice_links.path(notice), {"objection": text})

        assert response.status_code == 422
        assert text.strip("\x00 \n")[:100] in response.content.decode()
        assert Case.objects.count() == 1

    def test_says_nothing_about_a_page_that_is_hidden_now(self, browser, comment, notice):
        title = comment.page.title
        comment.page.specific.unpublish()

        page = browser.get(notice_links.path(notice)).content.decode()

        assert title not in page
        assert str(comment.public_id) not in page

    def test_is_gone_with_the_comment(self, browser, comment, notice):
        path = notice_links.path(notice)
        comment.page.delete()

        assert browser.get(path).status_code == browser.post(path).status_code == 410

    @pytest.mark.parametrize("token", ["x", "a.b.c", "..", "%00", "%ff", "é", "0" * 5000])
    def test_is_not_found_by_what_is_no_link_of_ours(self, browser, token):
        assert browser.get(f"/reacties/melding/{token}/").status_code == 404
        assert browser.post(f"/reacties/melding/{token}/").status_code == 404

    @pytest.mark.parametrize("purpose", [tokens.CONFIRM, tokens.UNSUBSCRIBE, "notifications.stop"])
    def test_is_not_found_by_a_link_for_something_else(self, browser, notice, purpose):
        token = tokens.make(purpose, notice.public_id)

        assert browser.get(f"/reacties/melding/{token}/").status_code == 404

    def test_works_after_who_it_was_has_been_forgotten(self, browser, notice):
        Notice.objects.update(name="", email="", writer_key="")

        assert browser.get(notice_links.path(notice)).status_code == 200


class TestTheCaseOnTheDesk:
    def render(self, comment) -> str:
        shown = cases.open_with_notices([comment.pk])[comment.pk]
        return render_to_string("moderation/partials/case.html", {"shown": shown})

    def test_shows_what_each_reader_says_and_who_that_is(self, comment):
        factories.notice(comment, explanation="Dit is <b>laster</b>", **WHO)
        factories.notice(comment, reason="child_abuse", explanation="Kijk hier")
        factories.notice(comment, user=factories.UserFactory(moderator=True, last_name="Bakker"))

        shown = self.render(comment)

        for words in ("Dit is &lt;b&gt;laster", "Sam de Wit", "Kijk hier", "anoniem", "Bakker"):
            assert words in shown
        assert shown.count("betrouwbare bron") == 1
        assert Case.objects.get().number in shown

    def test_shows_an_objection_with_the_first_decision(self, comment):
        notice = factories.notice(comment, explanation="Dit is laster", **WHO)
        editor = factories.UserFactory(moderator=True, last_name="Bakker")
        cases.keep(notice.case, by=editor, answer="Mag.", now=timezone.now())
        notice.refresh_from_db()
        cases.object_to(notice, text="Kijk nog eens", now=timezone.now())

        shown = self.render(comment)

        for words in ("Kijk nog eens", "Dit is laster", "Bakker", notice.case.number):
            assert words in shown
