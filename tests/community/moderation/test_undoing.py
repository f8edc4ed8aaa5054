import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from community.comments.models import Comment, Revision
from community.moderation import bulk, decisions, editing_by_editor, objections, overtaking, undoing
from community.moderation.models import Act, Objection
from community.moderation.sightings import Seen
from mail.models import Message
from tests import factories
from tests.notifying import announce

Status = Comment.Status


def undo(act, by=None, after=0):
    now = timezone.now() + dt.timedelta(minutes=after)
    return undoing.undo(act, by=by or act.moderator, now=now)


def leave() -> None:
    """Let every mail have left."""
    Message.objects.update(state=Message.State.SENT, sent_at=timezone.now())


class TestUndo:
    @pytest.mark.parametrize("was", ["pending", "approved"])
    def test_brings_the_comment_back_and_stops_the_mail(self, moderator, was):
        comment = factories.comment(status=was)
        act = decisions.reject(comment, by=moderator, reason="offensive")

        undone = undo(act)

        assert Comment.objects.get().status == was
        assert Message.objects.get().state == Message.State.CANCELLED
        assert (undone.kind, undone.undoes) == (Act.Kind.UNDONE, act)

    def test_counts_the_thread_as_before(self, moderator):
        root = factories.comment()
        reply = factories.comment(root.page.specific, parent=root)
        act = decisions.mark_spam(reply, by=moderator)

        undo(act)

        root.refresh_from_db()
        assert root.thread_count == 2

    def test_leaves_a_mail_that_has_left(self, moderator):
        act = decisions.reject(factories.comment(status="pending"), by=moderator, reason="other")
        leave()

        undo(act)

        assert Message.objects.get(kind="notifications.refused").state == Message.State.SENT

    def test_stops_mails_to_followers(self, moderator):
        comment = factories.comment(status="pending", email="noor@example.org")
        factories.FollowFactory(page=comment.page)
        act = decisions.approve(comment, by=moderator)
        announce()
        assert Message.objects.waiting().exclude(to="noor@example.org").exists()

        undo(act)

        assert not Message.objects.waiting().exists()

    def test_lets_an_objection_wait_again(self, moderator):
        comment = factories.comment(status="rejected")
        now = timezone.now()
        objections.object_to(comment, text="Niet mee eens", language="nl", now=now)
        act = decisions.approve(comment, by=moderator)

        undo(act)

        assert Objection.objects.get().closed_at is None

    def test_lets_an_objection_that_was_denied_wait_again(self, moderator):
        comment, now = factories.comment(status="rejected"), timezone.now()
        objection = objections.object_to(comment, text="Niet mee eens", language="nl", now=now)
        act = objections.deny(objection, by=moderator, answer="Toch wel.", now=now)

        undo(act)

        assert [*objections.opened()] == [objection]
        denied = Message.objects.get(kind="notifications.objection_denied")
        assert denied.state == Message.State.CANCELLED

    def test_goes_back_step_by_step(self, moderator):
        comment = factories.comment(status="pending")
        first = decisions.approve(comment, by=moderator)
        undo(decisions.mark_spam(Comment.objects.get(), by=moderator))

        undo(first)

        assert Comment.objects.get().status == Status.PENDING

    def test_ends_after_ten_minutes(self, moderator):
        act = decisions.approve(factories.comment(status="pending"), by=moderator)

        with pytest.raises(undoing.TooLate):
            undo(act, after=11)

    def test_is_for_who_decided(self, moderator):
        act = decisions.approve(factories.comment(status="pending"), by=moderator)

        with pytest.raises(PermissionDenied):
            undo(act, by=factories.UserFactory(moderator=True))

    def test_does_nothing_when_someone_has_decided_since(self, moderator):
        comment = factories.comment(status="pending")
        act = decisions.approve(comment, by=moderator)
        decisions.mark_spam(comment, by=factories.UserFactory(moderator=True))

        with pytest.raises(overtaking.AlreadyHandled):
            undo(act)

        assert Comment.objects.get().status == Status.SPAM

    def test_happens_once(self, moderator):
        act = decisions.approve(factories.comment(status="pending"), by=moderator)
        undo(act)

        with pytest.raises(overtaking.AlreadyHandled):
            undo(act)

    def test_of_a_comment_that_is_gone_is_too_late(self, moderator):
        comment = factories.comment(status="pending")
        act = decisions.approve(comment, by=moderator)
        comment.page.delete()

        with pytest.raises(undoing.TooLate):
            undo(act)


class TestTheWriter:
    """Hears that a decision is taken back, when the mail about it had left already."""

    ACTS = {
        "reject": lambda comment, by: decisions.reject(comment, by=by, reason="other"),
        "hold": decisions.hold,
        "approve": decisions.approve,
        "spam": decisions.mark_spam,
    }

    @pytest.mark.parametrize(
        ("was", "act", "words"),
        [
            ("approved", "reject", "Iedereen kan je reactie lezen:"),
            ("approved", "hold", "Iedereen kan je reactie lezen:"),
            ("pending", "spam", "wacht tot een redacteur er opnieuw naar heeft gekeken"),
            ("pending", "approve", "wacht tot een redacteur er opnieuw naar heeft gekeken"),
            ("rejected", "approve", "Niemand kan je reactie lezen"),
        ],
    )
    def test_is_told_once_how_the_comment_stands(self, moderator, was, act, words):
        comment = factories.comment(status=was, text="Mijn woorden")
        done = self.ACTS[act](comment, by=moderator)
        leave()

        undone = undo(done)

        message = Message.objects.waiting().get()
        assert undone.mails == [message.pk]
        assert words in message.text
        assert "Mijn woorden" in message.html

    def test_is_told_of_an_approval_among_many(self, moderator):
        comment = factories.comment(status="pending")
        bulk.approve([Seen.of(comment)], by=moderator, now=timezone.now())
        leave()

        undo(Act.objects.get())

        assert Message.objects.waiting().get().kind == "notifications.undone"

    def test_is_told_in_the_language_of_the_comment(self, moderator):
        act = decisions.approve(factories.comment(status="pending", language="en"), by=moderator)
        leave()

        undo(act)

        assert "is taken back" in Message.objects.waiting().get().subject

    def test_is_not_mailed_at_all_when_nothing_had_left(self, moderator):
        undo(decisions.approve(factories.comment(status="pending"), by=moderator))

        assert not Message.objects.waiting().exists()

    def test_is_not_mailed_when_no_address_is_proven(self, moderator):
        comment = factories.comment(confirmed_at=None)

        undo(decisions.mark_spam(comment, by=moderator))

        assert not Message.objects.exists()


class TestUndoingAChangedText:
    @staticmethod
    def edit(comment, by, text="Bel Kees op …"):
        comment = Comment.objects.get(pk=comment.pk)
        return editing_by_editor.edit(
            comment, by=by, text=text, note="Een nummer hoort hier niet.", now=timezone.now()
        )

    def test_gives_the_comment_its_own_text_and_marks_again(self, moderator):
        comment = factories.comment(text="Bel Kees op 020-1234567")

        undo(self.edit(comment, moderator))

        fresh = Comment.objects.get()
        assert fresh.comment == comment.comment
        assert "020-1234567" in fresh.text_as_html
        assert (fresh.edited_at, fresh.edited_by_editor) == (None, False)
        assert not Revision.objects.exists()
        assert Message.objects.get().state == Message.State.CANCELLED

    def test_leaves_an_earlier_change_by_an_editor(self, moderator):
        comment = factories.comment(text="Bel Kees op 020-1234567")
        first = self.edit(comment, moderator)

        undo(self.edit(comment, moderator, text="Bel Kees."))

        fresh = Comment.objects.get()
        assert fresh.comment == "Bel Kees op …"
        assert (fresh.edited_at, fresh.edited_by_editor) == (first.at, True)
        assert objections.may_object(fresh)

    def test_tells_the_writer_whom_the_mail_had_reached(self, moderator):
        act = self.edit(factories.comment(text="Bel Kees op 020-1234567"), moderator)
        leave()

        undo(act)

        assert "020-1234567" in Message.objects.waiting().get().text

    def test_is_refused_when_someone_has_changed_it_since(self, moderator):
        comment = factories.comment(text="Bel Kees op 020-1234567")
        act = self.edit(comment, moderator)
        self.edit(comment, factories.UserFactory(moderator=True), text="Bel Kees.")

        with pytest.raises(overtaking.AlreadyHandled):
            undo(act)

        assert Comment.objects.get().comment == "Bel Kees."
