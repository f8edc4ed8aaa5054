import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from community.comments.models import Comment
from community.moderation import decisions, objections, undoing
from community.moderation.models import Act, Objection
from mail.models import Message
from tests import factories

Status = Comment.Status


@pytest.fixture
def moderator(db):
    return factories.UserFactory(moderator=True)


def undo(act, by=None, after=0):
    now = timezone.now() + dt.timedelta(minutes=after)
    return undoing.undo(act, by=by or act.moderator, now=now)


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
        Message.objects.update(state=Message.State.SENT, sent_at=timezone.now())

        undo(act)

        assert Message.objects.get().state == Message.State.SENT

    def test_lets_an_objection_wait_again(self, moderator):
        comment = factories.comment(status="rejected")
        now = timezone.now()
        objections.object_to(comment, text="Niet mee eens", language="nl", now=now)
        act = decisions.approve(comment, by=moderator)

        undo(act)

        assert Objection.objects.get().closed_at is None

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

        with pytest.raises(decisions.AlreadyHandled):
            undo(act)

        assert Comment.objects.get().status == Status.SPAM

    def test_happens_once(self, moderator):
        act = decisions.approve(factories.comment(status="pending"), by=moderator)
        undo(act)

        with pytest.raises(decisions.AlreadyHandled):
            undo(act)

    def test_of_a_comment_that_is_gone_is_too_late(self, moderator):
        comment = factories.comment(status="pending")
        act = decisions.approve(comment, by=moderator)
        comment.page.delete()

        with pytest.raises(undoing.TooLate):
            undo(act)
