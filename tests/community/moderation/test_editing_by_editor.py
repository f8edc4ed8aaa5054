import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from community.comments import editing, own
from community.comments.models import Comment, Revision
from community.moderation import decisions, editing_by_editor, objections, overtaking, undoing
from community.moderation.models import Act, Objection
from mail.models import Message
from tests import factories
from tests.html import text_of
from tests.races import together

Status = Comment.Status
BEFORE, AFTER = "Bel Kees op 020-1234567", "Bel Kees op …"


@pytest.fixture
def editor(db):
    return factories.UserFactory(moderator=True)


@pytest.fixture
def comment(db):
    return factories.comment(text=BEFORE, email="noor@example.org")


def edit(comment, by, text=AFTER, note="Een nummer hoort niet op straat."):
    return editing_by_editor.edit(comment, by=by, text=text, note=note, now=timezone.now())


class TestEdit:
    def test_replaces_the_text_keeps_the_old_one_and_the_state(self, comment, editor):
        edit(comment, editor)

        fresh = Comment.objects.get()
        assert (fresh.comment, fresh.status) == (AFTER, Status.APPROVED)
        assert Revision.objects.get().text == BEFORE

    def test_logs_who_did_it_and_why(self, comment, editor):
        act = edit(comment, editor)

        assert (act.kind, act.moderator) == ("edited", editor)
        assert act.explanation == "Een nummer hoort niet op straat."

    def test_mails_the_writer_both_texts_why_and_how_to_object(self, comment, editor):
        act = edit(comment, editor)

        message = Message.objects.get()
        assert act.mails == [message.pk]
        assert message.to == "noor@example.org"
        for words in (message.text, message.html):
            assert BEFORE in words
            assert AFTER in words
            assert "Een nummer hoort niet op straat." in words
            assert f"/reacties/{comment.public_id}/bezwaar/" in words

    def test_mails_nobody_whose_address_was_never_confirmed(self, db, editor):
        edit(factories.comment(confirmed_at=None), editor)

        assert not Message.objects.exists()

    def test_says_so_to_readers(self, comment, editor, client):
        edit(comment, editor)

        shown = text_of(client.get(comment.page.url))
        assert "gewijzigd door de redactie op" in shown
        assert BEFORE not in shown

    def test_is_not_changed_back_by_the_writer(self, db, editor):
        comment = factories.comment(at=timezone.now(), text=BEFORE)
        edit(comment, editor)

        with pytest.raises(editing.TooLate):
            editing.edit(comment, text=BEFORE, now=timezone.now())

    def test_of_the_same_text_changes_nothing(self, comment, editor):
        with pytest.raises(editing_by_editor.NothingChanged):
            edit(comment, editor, text=BEFORE)

        assert not Act.objects.exists()

    @pytest.mark.parametrize("status", ["rejected", "spam", "removed", "unconfirmed"])
    def test_of_what_does_not_stand_is_refused(self, db, editor, status):
        with pytest.raises(overtaking.AlreadyHandled):
            edit(factories.comment(status=status), editor)

        assert not Revision.objects.exists()

    def test_after_someone_else_changed_or_decided_is_refused(self, comment, editor):
        seen = Comment.objects.get()
        edit(comment, editor)

        with pytest.raises(overtaking.AlreadyHandled):
            edit(seen, editor, text="Nog iets anders")

        decided = Comment.objects.get()
        decisions.hold(Comment.objects.get(), by=editor)
        with pytest.raises(overtaking.AlreadyHandled):
            edit(decided, editor, text="Nog iets anders")
        assert Comment.objects.get().comment == AFTER

    def test_is_for_those_who_may(self, comment, db):
        with pytest.raises(PermissionDenied):
            edit(comment, factories.UserFactory())


class TestAnObjectionToAnEdit:
    @pytest.fixture
    def objection(self, comment, editor) -> Objection:
        edit(comment, editor)
        return objections.object_to(
            comment, text="Dat nummer is van mij", language="nl", now=timezone.now()
        )

    @pytest.fixture
    def colleague(self, db):
        return factories.UserFactory(moderator=True)

    def test_is_not_judged_by_who_edited(self, objection, editor, colleague):
        assert not objections.may_decide(objection, editor)
        assert objections.may_decide(objection, colleague)

    def test_that_is_granted_brings_the_own_text_back(self, objection, colleague):
        objections.grant(objection, by=colleague, now=timezone.now(), answer="Je hebt gelijk.")

        fresh = Comment.objects.get()
        assert (fresh.comment, fresh.edited_by_editor) == (BEFORE, False)
        assert fresh.status == Status.APPROVED
        message = Message.objects.get(kind="notifications.restored")
        assert "Je hebt gelijk." in message.text

    def test_to_the_second_of_two_edits_brings_back_what_the_writer_wrote(
        self, comment, editor, colleague
    ):
        edit(comment, editor, text="Eén keer gewijzigd")
        edit(Comment.objects.get(), editor, text="Twee keer gewijzigd")
        objection = objections.object_to(comment, text="Nee", language="nl", now=timezone.now())

        objections.grant(objection, by=colleague, now=timezone.now())

        assert Comment.objects.get().comment == BEFORE

    def test_is_still_about_the_first_edit_when_the_second_was_undone(
        self, objection, comment, editor, colleague, client
    ):
        second = edit(Comment.objects.get(), colleague, text="Bel Kees.")
        undoing.undo(second, by=colleague, now=timezone.now())
        client.force_login(editor)
        judge = reverse("moderation:judge", args=[objection.pk])

        page = client.get("/admin/reacties/?staat=bezwaren").content.decode()

        about = Objection.objects.get()
        assert not objections.may_decide(about, editor)
        assert objections.may_decide(about, colleague)
        assert judge not in page
        assert objections.disputed(about.comment).moderator == editor

    def test_that_was_denied_is_the_last_when_a_second_edit_was_undone(self, objection, colleague):
        objections.deny(objection, by=colleague, answer="Nee.", now=timezone.now())
        second = edit(Comment.objects.get(), colleague, text="Bel Kees.")
        undoing.undo(second, by=colleague, now=timezone.now())

        assert not objections.may_object(Comment.objects.get())

    def test_that_is_granted_again_after_undoing_brings_the_own_text_back(
        self, objection, colleague
    ):
        granted = objections.grant(objection, by=colleague, now=timezone.now())
        undoing.undo(granted, by=colleague, now=timezone.now())

        objections.grant(Objection.objects.get(), by=colleague, now=timezone.now())

        assert Comment.objects.get().comment == BEFORE

    def test_that_is_denied_lets_the_change_stand(self, objection, colleague):
        objections.deny(objection, by=colleague, now=timezone.now(), answer="Het blijft weg.")

        message = Message.objects.get(kind="notifications.objection_denied")
        assert Comment.objects.get().comment == AFTER
        assert "Het blijft weg." in message.text
        assert "niet geplaatst" not in message.text

    def test_waits_with_the_others(self, objection):
        assert list(objections.opened()) == [objection]

    def test_is_not_granted_by_approving_the_comment(self, db, editor):
        comment = factories.comment(status="pending", text=BEFORE)
        edit(comment, editor)
        fresh = Comment.objects.select_related("page", "user").get()
        objections.object_to(fresh, text="Nee", language="nl", now=timezone.now())

        decisions.approve(fresh, by=editor)

        assert Objection.objects.get().closed_at is None

    def test_is_made_by_the_link_of_the_mail(self, comment, editor, client):
        edit(comment, editor)
        address = own.address(comment, "object")

        shown = text_of(client.get(address))
        assert BEFORE in shown
        assert AFTER in shown
        assert "Een nummer hoort niet op straat." in shown

        client.post(
            reverse("own:object", args=[comment.public_id]),
            {"objection": "Dat nummer is van mij", "sleutel": own.key(comment)},
            headers={"Sec-Fetch-Site": "same-origin"},
        )
        assert Objection.objects.get().text == "Dat nummer is van mij"
        assert "bezwaar gemaakt. Een redacteur kijkt er opnieuw naar" in text_of(
            client.get(own.address(comment))
        )


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
class TestTwoEditorsAtOnce:
    def test_have_one_text_one_line_and_one_mail(self):
        editor = factories.UserFactory(moderator=True)
        comment = factories.comment(text=BEFORE)

        of_one = Comment.objects.select_related("page", "user")
        seen = [of_one.get(pk=comment.pk) for _ in range(2)]

        results = together(2, lambda: edit(seen.pop(), editor))

        kinds = sorted(type(result).__name__ for result in results)
        assert kinds == ["Act", "AlreadyHandled"]
        assert Act.objects.count() == Message.objects.count() == Revision.objects.count() == 1
