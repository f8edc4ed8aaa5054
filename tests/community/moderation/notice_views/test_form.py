"""The form with which a reader notices a comment."""

import pytest

from community.moderation.models import Case, Notice, Reason
from tests import factories
from tests.community.moderation.notice_views.sending import form_of, send

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]


class TestTheForm:
    def test_stands_at_its_address_and_is_linked_from_the_comment(self, browser, comment):
        address = f"/reacties/{comment.public_id}/melden/"

        assert form_of(comment) == address
        assert f'href="{address}"' in browser.get(comment.page.get_url()).content.decode()

    @pytest.mark.parametrize("method", ["get", "head"])
    def test_changes_nothing_and_leaves_no_cookie_or_token(self, browser, comment, method):
        response = getattr(browser, method)(form_of(comment))

        assert response.status_code == 200
        assert not response.cookies
        assert "no-store" in response["Cache-Control"]
        assert "csrfmiddlewaretoken" not in response.content.decode()
        assert not Case.objects.exists()

    def test_shows_the_comment_its_exact_address_and_what_is_asked(self, browser, comment):
        page = browser.get(form_of(comment)).content.decode()

        assert "Woorden van Noor" in page
        assert f"https://estafette.example.org/reacties/{comment.public_id}/" in page
        assert "te goeder trouw" in page
        assert 'content="noindex"' in page
        assert 'rel="canonical"' not in page

    def test_lists_the_reasons_in_use_and_always_child_abuse(self, browser, comment):
        Reason.objects.filter(code__in=["duplicate", "child_abuse"]).update(is_used=False)

        page = browser.get(form_of(comment)).content.decode()

        assert 'value="hate"' in page
        assert 'value="duplicate"' not in page
        assert page.count('value="child_abuse"') == 1
        assert page.index('value="child_abuse"') > page.index('value="illegal"')

    def test_comes_in_english(self, browser, comment):
        page = browser.get(f"/en{form_of(comment)}").content.decode()

        assert "Hate or discrimination" in page
        assert "in good faith" in page

    def test_knows_a_member(self, browser, comment):
        member = factories.UserFactory(first_name="Sam", last_name="de Wit")
        browser.force_login(member)

        page = browser.get(form_of(comment)).content.decode()

        assert "Sam de Wit" in page
        assert 'name="email"' not in page

    @pytest.mark.parametrize(
        "status", ["unconfirmed", "pending", "rejected", "spam", "removed", "deleted_by_author"]
    )
    def test_of_a_comment_that_cannot_be_read_is_not_found(self, browser, status):
        comment = factories.comment(status=status, text="Geheime woorden")

        for response in (browser.get(form_of(comment)), send(browser, comment)):
            assert response.status_code == 404
            assert "Geheime woorden" not in response.content.decode()
        assert not Notice.objects.exists()

    @pytest.mark.parametrize("changes", [{"live": False}, {"comments_mode": "off"}])
    def test_of_a_comment_on_a_hidden_page_is_not_found(self, browser, comment, changes):
        page = comment.page.specific
        type(page).objects.filter(pk=page.pk).update(**changes)

        assert browser.get(form_of(comment)).status_code == 404
        assert send(browser, comment).status_code == 404

    def test_of_a_comment_behind_a_login_is_for_members(self, browser, comment):
        comment.page.view_restrictions.create(restriction_type="login")

        assert browser.get(form_of(comment)).status_code == 404
        browser.force_login(factories.UserFactory())
        assert browser.get(form_of(comment)).status_code == 200

    @pytest.mark.parametrize("key", ["0", "x", "%00", "00000000-0000-0000-0000-000000000000"])
    def test_of_nothing_is_not_found(self, browser, key):
        assert browser.get(f"/reacties/{key}/melden/").status_code == 404
