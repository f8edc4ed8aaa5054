import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from community.comments.models import Comment
from community.moderation import (
    decisions,
    editing_by_editor,
    noting,
    objections,
    queue,
    second_opinions,
    teamwork,
)
from community.moderation.models import Act, Case, Note, Notice, Reason
from mail.models import Message
from tests import factories
from tests.html import text_of

Status = Comment.Status
ACTIONS = ["assign", "note", "second_opinion", "text"]


@pytest.fixture
def editor(db):
    return factories.UserFactory(moderator=True, username="ed")


@pytest.fixture
def colleague(db):
    return factories.UserFactory(moderator=True, username="collega", first_name="Carola")


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


@pytest.fixture
def comment(db):
    return factories.comment(status="pending", text="Wat de lezer schreef")


def address(comment, name="dossier") -> str:
    return reverse(f"moderation:{name}", args=[comment.public_id])


def shown(client, comment) -> str:
    response = client.get(address(comment))
    assert response.status_code == 200
    return text_of(response)


def work_of(comment):
    return teamwork.teamwork_of([comment.pk])[comment.pk]


def notice(comment, text="Dit is geen sensor"):
    case = Case.objects.create(comment=comment, opened_at=timezone.now())
    reason = Reason.objects.get(code="misinformation")
    return Notice.objects.create(
        case=case, reason=reason, explanation=text, language="nl", at=timezone.now()
    )


class TestTheDossier:
    def test_shows_text_place_parent_and_evidence(self, desk):
        parent = factories.comment(text="Waar gaat dit over?")
        comment = factories.comment(
            parent.page.specific,
            parent=parent,
            status="pending",
            text="Wat de lezer schreef",
            evidence={"phase": "links", "links": 4},
        )

        page = shown(desk, comment)

        for words in ("Wat de lezer schreef", "Waar gaat dit over?", parent.page.title):
            assert words in page
        assert "Er staan 4 links in." in page

    def test_shows_earlier_texts_objections_notices_notes_and_the_whole_log(self, desk, editor):
        comment = factories.comment(text="De eerste tekst")
        now = timezone.now()
        editing_by_editor.edit(comment, by=editor, text="Later", note="Netter", now=now)
        comment = Comment.objects.select_related("page", "user").get()
        noting.add(comment, by=editor, text="Onder ons", now=now)
        notice(comment)
        decisions.reject(comment, by=editor, reason="off_topic", explanation="Niet hier")
        objections.object_to(comment, text="Wel hier", language="nl", now=now)

        page = shown(desk, comment)

        for words in ("De eerste tekst", "Netter", "Onder ons", "Dit is geen sensor"):
            assert words in page
        for words in ("Niet hier", "Wel hier", str(editor)):
            assert words in page

    def test_counts_what_the_writer_did_before(self, desk, comment):
        for status in ("approved", "approved", "rejected", "spam"):
            factories.comment(comment.page.specific, status=status, email=comment.user_email)
        noticed = factories.comment(comment.page.specific, email=comment.user_email)
        notice(noticed)

        page = shown(desk, comment)

        counts = re.findall(r"<dt>(\w+)</dt> ?<dd>(\d+)</dd>", page)
        assert [int(number) for _name, number in counts] == [3, 2, 0, 1]
        assert f"/admin/reacties/{noticed.public_id}/" in page

    def test_names_others_from_the_same_network(self, desk):
        comment = factories.comment(network_key="n1")
        other = factories.comment(comment.page.specific, network_key="n1")
        elsewhere = factories.comment(comment.page.specific, network_key="n2")

        page = shown(desk, comment)

        assert str(other.public_id) in page
        assert str(elsewhere.public_id) not in page

    @pytest.mark.parametrize("status", Status.values)
    def test_is_there_in_every_state(self, desk, status):
        shown(desk, factories.comment(status=status))

    def test_of_a_wiped_comment_shows_no_other_writers(self, desk):
        wiped = factories.comment(status="deleted_by_author", name="", email="", text="")
        Comment.objects.filter(pk=wiped.pk).update(writer_key="")
        other = factories.comment(wiped.page.specific)
        Comment.objects.filter(pk=other.pk).update(writer_key="")

        assert str(other.public_id) not in shown(desk, wiped)

    def test_does_not_run_what_people_write(self, desk, editor):
        bad = "<script>alert(1)</script>"
        comment = factories.comment(status="pending", name="<b>x</b>", text=bad)
        noting.add(comment, by=editor, text=bad, now=timezone.now())
        notice(comment, bad)

        page = shown(desk, comment)

        assert "<script>alert" not in page
        assert "<b>x</b>" not in page

    def test_with_ten_of_everything_costs_as_many_queries_as_with_one(
        self, desk, editor, django_assert_num_queries
    ):
        comment = factories.comment(status="pending", network_key="n1")
        page = comment.page.specific

        def more():
            note_at = timezone.now()
            noting.add(comment, by=editor, text="Een notitie", now=note_at)
            same = {"email": comment.user_email, "network_key": "n1"}
            factories.comment(page, **same)
            Act.objects.create(comment=comment, moderator=editor, kind="assigned")

        more()
        notice(comment)
        desk.get(address(comment))
        with CaptureQueriesContext(connection) as one:
            desk.get(address(comment))
        for _ in range(9):
            more()
        for number in range(9):
            Notice.objects.create(
                case=Case.objects.get(),
                reason=Reason.objects.all()[number],
                explanation="Nog een",
                language="nl",
                at=timezone.now(),
            )

        with django_assert_num_queries(len(one)):
            desk.get(address(comment))

    def test_of_nothing_is_not_there(self, desk):
        assert desk.get("/admin/reacties/00000000-0000-0000-0000-000000000000/").status_code == 404


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

        assert response.status_code == 405
        assert not Act.objects.exists()

    @pytest.mark.parametrize("name", ACTIONS)
    def test_asks_for_the_token_of_its_form(self, comment, editor, name):
        client = Client(enforce_csrf_checks=True)
        client.force_login(editor)

        response = client.post(address(comment, name), {"to": "ed", "text": "x", "act": "ask"})

        assert response.status_code == 403
        assert not Act.objects.exists()
        assert not Note.objects.exists()
