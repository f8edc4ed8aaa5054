import re

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from community.comments.models import Comment
from community.moderation import cases, decisions, notice_links, noticing
from community.moderation.models import Case, Notice, Reason
from community.subscriptions import tokens
from core import networks
from mail.models import Message
from tests import factories

SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin"}
WHAT = {"reason": "hate", "explanation": "Hier wordt een groep weggezet.", "good_faith": "on"}
WHO = {"name": "Sam de Wit", "email": "sam@example.org"}

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]


@pytest.fixture
def browser() -> Client:
    """A browser that is refused wherever a CSRF token is asked for."""
    return Client(enforce_csrf_checks=True, headers=SAME_ORIGIN)


@pytest.fixture
def comment() -> Comment:
    return factories.comment(name="Noor", text="Woorden van Noor")


def form_of(comment) -> str:
    return reverse("own:notify", args=[comment.public_id])


def send(browser, comment, **data):
    return browser.post(form_of(comment), {**WHAT, **WHO, **data})


def errors(response) -> list[str]:
    """Return the fields that the form on the page says are wrong."""
    return re.findall(r'id="id_(\w+)_error"', response.content.decode())


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


class TestSending:
    def test_stores_it_and_tells_the_number_and_what_happens_next(self, browser, comment):
        response = send(browser, comment)

        page, notice = response.content.decode(), Notice.objects.get()
        assert response.status_code == 200
        assert notice.case.number in page
        assert "Een redacteur bekijkt de reactie" in page
        assert (notice.name, notice.email) == ("Sam de Wit", "sam@example.org")
        assert (notice.reason.code, notice.explanation) == (WHAT["reason"], WHAT["explanation"])
        assert notice.case.comment == comment
        assert Message.objects.get().to == "sam@example.org"

    def test_a_second_time_gets_the_same_answer(self, browser, comment):
        first, second = send(browser, comment), send(browser, comment)

        assert first.content == second.content
        assert Notice.objects.count() == Message.objects.count() == 1

    def test_by_a_member_asks_for_no_name(self, browser, comment):
        member = factories.UserFactory()
        browser.force_login(member)

        assert browser.post(form_of(comment), WHAT).status_code == 200

        assert Notice.objects.get().user == member

    def test_of_child_abuse_asks_for_no_name_and_keeps_none(self, browser, comment):
        response = send(browser, comment, reason="child_abuse", email="geen adres")

        notice, page = Notice.objects.get(), response.content.decode()
        assert response.status_code == 200
        assert (notice.name, notice.email, notice.writer_key) == ("", "", "")
        assert notice.case.number in page
        assert "Bewaar het nummer" in page
        assert not Message.objects.exists()

    def test_of_child_abuse_gives_an_address_to_follow_it(self, browser, comment):
        page = send(browser, comment, reason="child_abuse").content.decode()

        [path] = re.findall(r'href="https://estafette.example.org(/reacties/melding/[^"]+)"', page)
        assert Notice.objects.get().case.number in browser.get(path).content.decode()

    def test_gives_an_address_to_nobody_else(self, browser, comment):
        assert "/melding/" not in send(browser, comment).content.decode()

    @pytest.mark.parametrize("missing", ["reason", "explanation", "name", "email", "good_faith"])
    def test_without_one_of_the_fields_gets_the_form_back_with_the_rest(
        self, browser, comment, missing
    ):
        response = send(browser, comment, **{missing: ""})

        assert response.status_code == 422
        assert errors(response) == [missing]
        if missing != "explanation":
            assert WHAT["explanation"] in response.content.decode()
        assert not Case.objects.exists()

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("reason", "zomaar"),
            ("reason", "\x00"),
            ("explanation", "   \n"),
            ("explanation", "x" * 2001),
            ("explanation", "\x00"),
            ("name", "x" * 101),
            ("name", "\u200b"),
            ("email", "geen adres"),
            ("email", "a@example.org\r\nBcc: b@example.org"),
            ("email", '"\x01"@example.org'),
        ],
    )
    def test_of_what_cannot_be_gets_the_form_back(self, browser, comment, field, value):
        response = send(browser, comment, **{field: value})

        assert response.status_code == 422
        assert errors(response) == [field]
        assert not Notice.objects.exists()

    def test_takes_two_thousand_characters(self, browser, comment):
        assert send(browser, comment, explanation="é" * 2000).status_code == 200

    def test_with_the_trap_filled_in_can_be_sent_once_more(self, browser, comment):
        response = send(browser, comment, website="https://x.example")

        page = response.content.decode()
        assert response.status_code == 422
        assert "Verstuur het nog een keer" in page
        assert "x.example" not in page
        assert WHAT["explanation"] in page
        assert not Notice.objects.exists()

    def test_cannot_be_asked_for_by_another_site(self, comment):
        client = Client(headers={"Sec-Fetch-Site": "cross-site"})

        assert send(client, comment).status_code == 403
        assert not Notice.objects.exists()

    def test_too_much_from_one_network_is_asked_to_wait(self, browser, comment, rf):
        browser.defaults["REMOTE_ADDR"] = "203.0.113.7"
        near = rf.get("/", REMOTE_ADDR="203.0.113.99")
        key = networks.key(near, day=timezone.now().date())
        for _ in range(noticing.PER_NETWORK):
            factories.notice(comment, network_key=key)

        response = send(browser, comment)

        assert response.status_code == 429
        assert WHAT["explanation"] in response.content.decode()

    def test_in_english_is_answered_in_english(self, browser, comment):
        browser.post(f"/en{form_of(comment)}", {**WHAT, **WHO})

        assert Notice.objects.get().language == Message.objects.get().language == "en"

    def test_does_not_run_what_readers_write(self, browser, comment):
        response = send(browser, comment, explanation="<script>alert(1)</script>", email="")

        assert "<script>alert" not in response.content.decode()


class TestThePageOfANotice:
    @pytest.fixture
    def moderator(self):
        return factories.UserFactory(moderator=True)

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
