"""A notice that is sent in."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from community.moderation import noticing
from community.moderation.models import Case, Notice
from core import networks
from mail.models import Message
from tests import factories
from tests.community.moderation.notice_views.sending import WHAT, WHO, form_of, send

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]


def errors(response) -> list[str]:
    """Return the fields that the form on the page says are wrong."""
    return re.findall(r'id="id_(\w+)_error"', response.content.decode())


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
