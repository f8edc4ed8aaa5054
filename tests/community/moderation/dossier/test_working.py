"""What editors do in the dossier of a comment."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from community.comments.models import Comment
from community.moderation import (
    decisions,
    editing_by_editor,
    queue,
    second_opinions,
)
from community.moderation.models import Act, Note
from mail.models import Message
from tests import factories
from tests.community.moderation.dossier.opening import (
    ACTIONS,
    address,
    shown,
    work_of,
)
from tests.html import text_of


class TestAssigning:
    def test_gives_it_to_a_colleague_and_back_to_nobody(self, desk, comment, editor, colleague):
        desk.post(address(comment, "assign"), {"to": "collega", "seen": ""})
        assert work_of(comment).assignee == colleague

        desk.post(address(comment, "assign"), {"to": "", "seen": colleague.pk})
        assert work_of(comment).assignee is None

    def test_offers_to_take_it_oneself_until_one_has_it(self, desk, comment, editor):
        page = shown(desk, comment)
        taken = re.search(
            r'name="to" value="([^"]+)"> <input type="hidden" name="seen" value=""', page
        )

        desk.post(address(comment, "assign"), {"to": taken[1], "seen": ""})

        assert work_of(comment).assignee == editor
        assert "Ik kijk ernaar" not in shown(desk, comment)

    def test_tells_who_has_it_by_now(self, desk, comment, colleague):
        desk.post(address(comment, "assign"), {"to": "collega", "seen": ""})

        response = desk.post(address(comment, "assign"), {"to": "ed", "seen": ""}, follow=True)

        assert work_of(comment).assignee == colleague
        assert "Carola" in text_of(response)

    @pytest.mark.parametrize(
        "data", [{"to": "lid"}, {"to": "\x00"}, {"to": "9" * 999}, {"to": "ed", "seen": "x"}]
    )
    def test_to_whom_we_do_not_know_is_refused(self, desk, comment, data):
        factories.UserFactory(username="lid")

        assert desk.post(address(comment, "assign"), data).status_code == 422
        assert not Act.objects.exists()


class TestNoting:
    def test_keeps_it_and_says_who_gets_a_mail(self, desk, comment, colleague):
        response = desk.post(address(comment, "note"), {"text": "@collega kijk eens"}, follow=True)

        assert response.redirect_chain == [(address(comment), 303)]
        page = text_of(response)
        assert "@collega kijk eens" in page
        assert "Er gaat een mail naar Carola" in page
        assert Message.objects.get().to == colleague.email

    def test_lists_whom_one_can_mention(self, desk, comment, colleague):
        assert "<code>@collega</code>" in shown(desk, comment)

    @pytest.mark.parametrize("text", ["", "   ", "x" * 2001, "\x00"])
    def test_of_nothing_or_too_much_shows_the_form_again(self, desk, comment, text):
        response = desk.post(address(comment, "note"), {"text": text})

        assert response.status_code == 422
        assert text.strip("\x00 ") in response.content.decode()
        assert not Note.objects.exists()


class TestASecondOpinion:
    def ask(self, client, comment, act="ask", text="Ironie?"):
        data = {"act": act, "text": text}
        return client.post(address(comment, "second_opinion"), data, follow=True)

    def test_is_asked_and_given(self, desk, comment, editor, colleague, client):
        page = text_of(self.ask(desk, comment))
        assert "Ironie?" in page
        assert f"{editor} vraagt sinds" in page

        client.force_login(colleague)
        page = text_of(self.ask(client, comment, "give", "Ja, ironie"))
        assert "Ja, ironie" in page
        assert not work_of(comment).is_asked

    def test_is_no_longer_needed(self, desk, comment):
        self.ask(desk, comment)

        self.ask(desk, comment, "withdraw")

        assert not work_of(comment).is_asked

    def test_that_was_answered_meanwhile_keeps_the_words(self, desk, comment, editor):
        second_opinions.ask(comment, by=editor, text="", now=timezone.now())
        decisions.approve(comment, by=editor)

        response = self.ask(desk, comment, "give", "Mijn mening hierover")

        assert response.status_code == 409
        assert "Mijn mening hierover</textarea>" in text_of(response)

    def test_that_is_asked_already_keeps_the_words(self, desk, comment, colleague):
        second_opinions.ask(comment, by=colleague, text="", now=timezone.now())

        response = self.ask(desk, comment)

        assert response.status_code == 409

    @pytest.mark.parametrize(
        ("act", "text"), [("", ""), ("onzin", ""), ("\x00", ""), ("ask", ""), ("give", " ")]
    )
    def test_of_anything_else_changes_nothing(self, desk, comment, act, text):
        assert self.ask(desk, comment, act, text).status_code == 422
        assert not Act.objects.exists()


class TestTheText:
    def send(self, client, seen, **data):
        fields = {
            "comment": "Wat de redactie ervan maakte",
            "note": "Zonder nummer",
            "version": queue.version(seen),
        }
        return client.post(address(seen, "text"), {**fields, **data}, follow=True)

    def test_is_changed_with_a_reason(self, desk, comment):
        response = self.send(desk, comment)

        assert response.redirect_chain == [(address(comment), 303)]
        assert Comment.objects.get().comment == "Wat de redactie ervan maakte"
        assert Act.objects.get().explanation == "Zonder nummer"

    @pytest.mark.parametrize(
        "data",
        [
            {"note": ""},
            {"comment": ""},
            {"comment": "x" * 3001},
            {"comment": "Wat de lezer schreef"},
            {"note": "x" * 1001},
        ],
    )
    def test_without_reason_or_change_gives_the_words_back(self, desk, comment, data):
        response = self.send(desk, comment, **data)

        assert response.status_code == 422
        assert Comment.objects.get().comment == "Wat de lezer schreef"
        words = {"comment": "Wat de redactie ervan maakte", **data}["comment"]
        assert words in response.content.decode()

    def test_that_was_changed_meanwhile_is_shown_beside_the_own_words(self, desk, comment, editor):
        seen = Comment.objects.select_related("page", "user").get()
        editing_by_editor.edit(
            Comment.objects.select_related("page", "user").get(),
            by=editor,
            text="Van een ander",
            note="Eerst",
            now=timezone.now(),
        )

        response = self.send(desk, seen)

        assert response.status_code == 409
        page = text_of(response)
        assert "Van een ander" in page
        assert "Wat de redactie ervan maakte</textarea>" in page
        version = re.search(r'name="version" value="([^"]*)"', page)[1]
        self.send(desk, comment, version=version)
        assert Comment.objects.get().comment == "Wat de redactie ervan maakte"

    def test_of_what_was_refused_meanwhile_stays(self, desk, comment, editor):
        decisions.reject(comment, by=editor, reason="other")

        assert self.send(desk, comment).status_code == 409
        assert Comment.objects.get().comment == "Wat de lezer schreef"


class TestEveryAction:
    @pytest.mark.parametrize("name", ACTIONS)
    def test_by_get_changes_nothing(self, desk, comment, name):
        response = desk.get(address(comment, name), {"act": "ask", "to": "ed", "text": "x"})

        assert response.status_code == (302 if name == "text" else 405)  # its form has a page
        assert not Act.objects.exists()

    @pytest.mark.parametrize("name", ACTIONS)
    def test_asks_for_the_token_of_its_form(self, comment, editor, name):
        client = Client(enforce_csrf_checks=True)
        client.force_login(editor)

        response = client.post(address(comment, name), {"to": "ed", "text": "x", "act": "ask"})

        assert response.status_code == 403
        assert not Act.objects.exists()
        assert not Note.objects.exists()
