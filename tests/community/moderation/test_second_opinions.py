import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from community.moderation import decisions, second_opinions, teamwork, undoing
from community.moderation.models import Act, Note
from tests import factories


@pytest.fixture
def editor(db):
    return factories.UserFactory(moderator=True)


@pytest.fixture
def colleague(db):
    return factories.UserFactory(moderator=True)


@pytest.fixture
def comment(db):
    return factories.comment(status="pending")


def ask(comment, by, text="Ironie of niet?"):
    return second_opinions.ask(comment, by=by, text=text, now=timezone.now())


def give(comment, by, text="Ironie"):
    return second_opinions.give(comment, by=by, text=text, now=timezone.now())


def is_asked(comment) -> bool:
    assert second_opinions.asked().filter(comment_id=comment.pk).exists() == (
        teamwork.teamwork_of([comment.pk])[comment.pk].is_asked
    )
    return second_opinions.asked().filter(comment_id=comment.pk).exists()


class TestAsk:
    def test_shows_who_asks_since_when_and_what(self, comment, editor):
        act = ask(comment, editor)

        work = teamwork.teamwork_of([comment.pk])[comment.pk]
        assert (work.asked_by, work.asked_at) == (editor, act.at)
        assert [note.text for note in work.notes] == ["Ironie of niet?"]
        assert (act.kind, act.note) == ("second_opinion", "")

    def test_twice_tells_who_was_first(self, comment, editor, colleague):
        ask(comment, editor)

        with pytest.raises(second_opinions.AlreadyAsked) as caught:
            ask(comment, colleague)

        assert caught.value.by == editor
        assert Note.objects.count() == 1

    def test_is_for_those_who_may(self, comment, db):
        with pytest.raises(PermissionDenied):
            ask(comment, factories.UserFactory())


class TestAQuestion:
    def test_is_answered_by_what_a_colleague_says(self, comment, editor, colleague):
        ask(comment, editor)

        act = give(comment, colleague)

        assert not is_asked(comment)
        assert (act.kind, act.moderator, act.note) == ("opinion", colleague, "")
        assert Note.objects.last().text == "Ironie"

    def test_is_not_answered_by_who_asked(self, comment, editor, colleague):
        ask(comment, editor)

        with pytest.raises(PermissionDenied):
            give(comment, editor)

        assert is_asked(comment)

    def test_is_answered_by_who_asked_when_alone(self, comment, editor):
        ask(comment, editor)

        give(comment, editor)

        assert not is_asked(comment)

    def test_is_answered_by_a_decision_until_that_is_undone(self, comment, editor, colleague):
        ask(comment, editor)

        act = decisions.approve(comment, by=colleague)
        assert not is_asked(comment)

        undoing.undo(act, by=colleague, now=timezone.now())
        assert is_asked(comment)

    def test_can_be_asked_again_after_a_decision(self, comment, editor):
        ask(comment, editor)
        decisions.approve(comment, by=editor)

        ask(comment, editor, "Was dat wel goed?")

        assert is_asked(comment)

    def test_is_taken_back_by_who_asked_alone(self, comment, editor, colleague):
        ask(comment, editor)

        assert not second_opinions.withdraw(comment, by=colleague)
        assert is_asked(comment)
        assert second_opinions.withdraw(comment, by=editor)
        assert not is_asked(comment)

    def test_that_nobody_asked_has_no_answer(self, comment, editor):
        with pytest.raises(second_opinions.NothingAsked):
            give(comment, editor)

        assert not Act.objects.exists()
