"""Readers whose notice had a comment taken away hear that it is back."""

import pytest
from django.utils import timezone

from community.moderation import cases, decisions, objections, undoing
from mail.models import Message
from tests import factories
from tests.factories import UserFactory

pytestmark = pytest.mark.both

KIND = "moderation.restored"


@pytest.fixture
def by(db):
    return UserFactory(moderator=True)


@pytest.fixture
def comment(by):
    """One that was taken away because a reader noticed it."""
    noticed = factories.comment(text="Woorden van de schrijver")
    factories.notice(noticed, email="melder@example.org")
    decisions.reject(noticed, by=by, reason="offensive")
    return noticed


def told() -> list[Message]:
    waiting = Message.objects.filter(kind=KIND).exclude(state=Message.State.CANCELLED)
    return list(waiting.order_by("pk"))


def place_again(comment, by) -> None:
    now = timezone.now()
    said = objections.object_to(comment, text="Toch", language="nl", now=now)
    objections.grant(said, by=by, now=now)


class TestAnObjectionThatIsGranted:
    def test_is_told_to_who_noticed_the_comment(self, comment, by):
        place_again(comment, by)

        [mail] = told()
        assert mail.to == "melder@example.org"
        assert "weer geplaatst" in mail.subject
        assert f"/reacties/{comment.public_id}/" in mail.text
        assert "Woorden van de schrijver" not in mail.text + mail.html

    def test_is_told_to_each_once(self, by):
        noticed = factories.comment()
        for address in ("een@example.org", "twee@example.org"):
            factories.notice(noticed, email=address)
        decisions.reject(noticed, by=by, reason="offensive")

        place_again(noticed, by)

        assert sorted(mail.to for mail in told()) == ["een@example.org", "twee@example.org"]

    def test_is_told_in_the_language_of_the_reader(self, by):
        noticed = factories.comment()
        factories.notice(noticed, language="en")
        decisions.reject(noticed, by=by, reason="offensive")

        place_again(noticed, by)

        assert told()[0].subject.endswith("the comment is placed again")

    def test_is_not_told_when_it_is_undone(self, comment, by):
        place_again(comment, by)
        act = comment.acts.first()

        undoing.undo(act, by=by, now=timezone.now())

        assert told() == []

    def test_is_told_to_nobody_when_nobody_noticed(self, by):
        comment = factories.comment()
        decisions.reject(comment, by=by, reason="offensive")

        place_again(comment, by)

        assert told() == []

    def test_is_not_told_again_about_another_refusal(self, comment, by):
        place_again(comment, by)
        comment.refresh_from_db()
        decisions.reject(comment, by=by, reason="offensive")
        comment.refresh_from_db()
        decisions.approve(comment, by=by)

        assert len(told()) == 1


class TestAnEditorWhoPlacesItAgain:
    def test_is_told_as_well(self, comment, by):
        decisions.approve(comment, by=by)

        assert [mail.to for mail in told()] == ["melder@example.org"]

    def test_is_told_after_an_earlier_approval_was_undone(self, comment, by):
        undoing.undo(decisions.approve(comment, by=by), by=by, now=timezone.now())
        assert told() == []

        comment.refresh_from_db()
        decisions.approve(comment, by=by)

        assert [mail.to for mail in told()] == ["melder@example.org"]


class TestANoticeThatChangedNothing:
    def test_is_not_told_of_a_later_refusal_that_is_taken_back(self, by):
        kept = factories.comment()
        case = factories.notice(kept).case
        cases.keep(case, by=by, answer="", now=timezone.now())
        kept.refresh_from_db()
        decisions.reject(kept, by=by, reason="offensive")

        place_again(kept, by)

        assert told() == []
