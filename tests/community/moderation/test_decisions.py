import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from community.comments.models import Comment
from community.moderation import decisions, overtaking
from community.moderation.models import Act
from mail.models import Message
from tests import factories
from tests.races import together

pytestmark = pytest.mark.both

Status = Comment.Status


class TestApprove:
    def test_shows_the_comment_logs_it_and_tells_the_writer(self, moderator):
        comment = factories.comment(status="pending", email="noor@example.org")

        decisions.approve(comment, by=moderator)

        comment.refresh_from_db()
        assert comment.status == Status.APPROVED
        assert comment.is_public
        act = Act.objects.get()
        assert (act.moderator, act.from_status, act.to_status) == (
            moderator,
            Status.PENDING,
            Status.APPROVED,
        )
        message = Message.objects.get()
        assert message.to == "noor@example.org"
        assert f"/reacties/{comment.public_id}/" in message.text

    def test_leaves_every_other_comment_as_it_is(self, moderator):
        parent = factories.comment(status="pending")
        held = factories.comment(parent.page.specific, parent=parent, status="pending")
        spam = factories.comment(parent.page.specific, parent=parent, status="spam")

        decisions.approve(parent, by=moderator)

        assert Comment.objects.get(pk=held.pk).status == Status.PENDING
        assert Comment.objects.get(pk=spam.pk).status == Status.SPAM

    def test_tells_nobody_when_the_address_was_never_confirmed(self, moderator):
        comment = factories.comment(status="spam", confirmed_at=None)

        decisions.approve(comment, by=moderator)

        assert not Message.objects.exists()

    def test_tells_a_writer_in_the_own_language(self, moderator):
        comment = factories.comment(status="pending", language="en")

        decisions.approve(comment, by=moderator)

        assert Message.objects.get().language == "en"

    def test_is_for_those_who_may(self, db):
        comment = factories.comment(status="pending")

        with pytest.raises(PermissionDenied):
            decisions.approve(comment, by=factories.UserFactory())

        assert Comment.objects.get().status == Status.PENDING

    def test_of_what_nobody_confirmed_does_nothing(self, moderator):
        comment = factories.comment(status="unconfirmed")

        with pytest.raises(overtaking.AlreadyHandled):
            decisions.approve(comment, by=moderator)

        assert not Act.objects.exists()


class TestReject:
    def test_tells_the_writer_why_and_gives_the_text_back(self, moderator):
        comment = factories.comment(status="pending", text="José & Zoë <3")

        decisions.reject(
            comment, by=moderator, reason="off_topic", explanation="Het gaat hier over sensoren."
        )

        message = Message.objects.get()
        assert Comment.objects.get().status == Status.REJECTED
        assert "Het gaat hier over sensoren." in message.text
        assert "José & Zoë <3" in message.text
        assert "José &amp; Zoë &lt;3" in message.html

    def test_of_a_placed_comment_takes_it_away(self, moderator):
        comment = factories.comment(status="approved")

        decisions.reject(comment, by=moderator, reason="personal_data")

        assert Comment.objects.get().status == Status.REMOVED
        assert Message.objects.count() == 1

    @pytest.mark.parametrize("reason", ["", "zomaar"])
    def test_asks_for_a_reason(self, moderator, reason):
        comment = factories.comment(status="pending")

        with pytest.raises(decisions.ReasonMissing):
            decisions.reject(comment, by=moderator, reason=reason)

        assert Comment.objects.get().status == Status.PENDING


class TestMarkSpam:
    def test_hides_the_comment_and_tells_a_proven_writer(self, moderator):
        comment = factories.comment(status="approved", email="noor@example.org")

        decisions.mark_spam(comment, by=moderator)

        assert Comment.objects.get().status == Status.SPAM
        message = Message.objects.get()
        assert message.to == "noor@example.org"
        assert f"/reacties/{comment.public_id}/bezwaar/?sleutel=" in message.text

    def test_tells_nobody_whose_address_was_never_confirmed(self, moderator):
        comment = factories.comment(status="approved", confirmed_at=None)

        decisions.mark_spam(comment, by=moderator)

        assert not Message.objects.exists()


class TestHold:
    def test_takes_a_placed_comment_off_the_page_and_says_so(self, moderator):
        comment = factories.comment(status="approved", email="noor@example.org")

        decisions.hold(comment, by=moderator)

        assert Comment.objects.get().status == Status.PENDING
        assert Message.objects.get().kind == "notifications.held"
        assert Act.objects.get().kind == Act.Kind.HELD

    def test_of_a_refused_comment_tells_nobody(self, moderator):
        comment = factories.comment(status="rejected")

        decisions.hold(comment, by=moderator)

        assert not Message.objects.exists()


class TestTheStatementOfReasons:
    def test_says_why_who_and_how_to_go_on(self, moderator):
        comment = factories.comment(status="pending", evidence={"phase": "spam_score"})

        act = decisions.reject(comment, by=moderator, reason="off_topic")

        message = Message.objects.get()
        for words in (message.text, message.html):
            assert "gaat niet over dit onderwerp" in words
            assert "Misschien past ze bij een ander bericht" in words
            assert "Een redacteur zag dit bij het lezen" in words
            assert "Software had je reactie apart gezet" in words
            assert f"/reacties/{comment.public_id}/bezwaar/" in words
            assert f"/reacties/{comment.public_id}/stand/" in words
        assert act.was_flagged

    def test_says_when_no_software_took_part(self, moderator):
        comment = factories.comment(status="pending", evidence={"phase": "first_timer"})

        decisions.reject(comment, by=moderator, reason="off_topic")

        assert "er kwam geen software aan te pas" in Message.objects.get().text

    def test_comes_in_the_language_of_the_writer(self, moderator):
        comment = factories.comment(status="pending", language="en")

        decisions.reject(comment, by=moderator, reason="off_topic")

        assert "not about this subject" in Message.objects.get().text

    def test_leaves_after_second_thoughts(self, moderator):
        comment = factories.comment(status="pending")

        decisions.reject(comment, by=moderator, reason="other")

        assert Message.objects.get().due_at > timezone.now()


class TestTwoEditors:
    def test_the_second_is_told_who_was_first(self, moderator):
        comment = factories.comment(status="pending")
        same = Comment.objects.get(pk=comment.pk)
        decisions.approve(comment, by=moderator)

        with pytest.raises(overtaking.AlreadyHandled) as caught:
            decisions.reject(same, by=moderator, reason="other")

        assert caught.value.act.moderator == moderator
        assert Act.objects.count() == Message.objects.count() == 1


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
class TestTwoEditorsAtOnce:
    def test_have_one_outcome_one_log_line_and_one_mail(self):
        moderator = factories.UserFactory(moderator=True)
        comment = factories.comment(status="pending")

        def decide():
            seen = Comment.objects.get(pk=comment.pk)
            seen.status = Status.PENDING
            return decisions.approve(seen, by=moderator)

        results = together(2, decide)

        kinds = sorted(type(result).__name__ for result in results)
        assert kinds == ["Act", "AlreadyHandled"]
        assert Act.objects.count() == Message.objects.count() == 1
