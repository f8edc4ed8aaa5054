"""What an editor reads in the dossier of a comment."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from community.comments.models import Comment
from community.moderation import (
    decisions,
    editing_by_editor,
    noting,
    objections,
)
from community.moderation.models import Act, Case, Notice, Reason
from tests import factories
from tests.community.moderation.dossier.opening import (
    Status,
    address,
    notice,
    shown,
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
        assert "Naast deze reactie:" in page
        assert f"/admin/reacties/{noticed.public_id}/" in page

    def test_counts_nothing_when_it_is_the_only_comment(self, desk, comment):
        page = shown(desk, comment)

        assert "Dit is de enige reactie van deze schrijver." in page
        assert "<dt>" not in page.split("De schrijver", 1)[1]

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
