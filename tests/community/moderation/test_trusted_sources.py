"""Readers whose notices count for more: enough of them hold a comment."""

import pytest
from django.utils import timezone

from community.comments.models import Comment
from community.moderation import cases, noticing
from community.moderation.models import Act, Case
from mail.models import Message
from tests import factories

Status = Comment.Status


@pytest.fixture
def comment(db) -> Comment:
    return factories.comment(email="noor@example.org")


class TestATrustedSource:
    def test_may_moderate_or_has_an_organisation(self, known):
        assert noticing.is_trusted(known)
        assert noticing.is_trusted(factories.UserFactory(moderator=True))

    def test_is_no_ordinary_member_and_no_author_without_organisation(self, db):
        lonely = factories.AuthorFactory(user=factories.UserFactory(), organisation=None)

        assert not noticing.is_trusted(factories.UserFactory())
        assert not noticing.is_trusted(lonely.user)


class TestTheThreshold:
    def reach(self, comment, known):
        factories.notice(comment, user=known)
        return factories.notice(comment, user=factories.UserFactory(moderator=True))

    def test_holds_the_comment_until_seen_and_says_so_in_the_log(self, comment, known):
        self.reach(comment, known)

        comment.refresh_from_db()
        case, act = Case.objects.get(), Act.objects.get()
        assert comment.status == Status.PENDING
        assert case.held_at is not None
        assert case.closed_at is None
        assert (act.kind, act.moderator, act.initiative) == (Act.Kind.HELD, None, "notice")
        assert "2 meldingen van betrouwbare bronnen" in act.note
        assert case.number in act.note
        assert known.last_name not in act.note

    def test_tells_the_writer_that_software_did_it_and_a_person_decides(self, comment, known):
        self.reach(comment, known)

        message = Message.objects.get(to="noor@example.org")
        assert message.kind == "notifications.held"
        for words in (message.text, message.html):
            assert "Meerdere lezers hebben je reactie gemeld" in words
            assert "een mens beslist" in words
            assert known.last_name not in words

    def test_is_not_reached_by_one_source_or_by_strangers(self, comment, known):
        for _ in range(3):
            factories.notice(comment, user=known)
        for _ in range(5):
            factories.notice(comment)
            factories.notice(comment, user=factories.UserFactory())

        comment.refresh_from_db()
        assert comment.status == Status.APPROVED

    def test_holds_nothing_that_an_editor_has_let_stand(self, comment, known):
        moderator = factories.UserFactory(moderator=True)
        case = self.reach(comment, known).case
        cases.keep(case, by=moderator, answer="Mag.", now=timezone.now())

        self.reach(comment, known)

        comment.refresh_from_db()
        assert comment.status == Status.APPROVED

    def test_holds_what_the_writer_changed_since(self, comment, known):
        moderator = factories.UserFactory(moderator=True)
        case = self.reach(comment, known).case
        cases.keep(case, by=moderator, answer="Mag.", now=timezone.now())
        Comment.objects.filter(pk=comment.pk).update(edited_at=timezone.now())

        self.reach(comment, known)

        comment.refresh_from_db()
        assert comment.status == Status.PENDING
