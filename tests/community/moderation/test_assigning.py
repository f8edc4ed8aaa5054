import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from community.moderation import assigning, teamwork
from community.moderation.models import Act
from tests import factories

pytestmark = pytest.mark.both


@pytest.fixture
def editor(db):
    return factories.UserFactory(moderator=True)


@pytest.fixture
def colleague(db):
    return factories.UserFactory(moderator=True)


@pytest.fixture
def comment(db):
    return factories.comment(status="pending")


def assign(comment, to, by, **seen):
    return assigning.assign(comment, to=to, by=by, now=timezone.now(), **seen)


def assignee(comment):
    return teamwork.teamwork_of([comment.pk])[comment.pk].assignee


class TestAssign:
    def test_gives_a_comment_to_a_colleague_and_logs_it(self, comment, editor, colleague):
        assign(comment, colleague, editor)

        assert assignee(comment) == colleague
        act = Act.objects.get()
        assert (act.kind, act.moderator, act.note) == ("assigned", editor, f"– → {colleague}")

    def test_takes_it_back(self, comment, editor, colleague):
        assign(comment, colleague, editor)

        assign(comment, None, editor)

        assert assignee(comment) is None

    def test_of_what_is_so_already_changes_nothing(self, comment, editor):
        assign(comment, editor, editor)

        assert assign(comment, editor, editor) is None
        assert Act.objects.count() == 1

    def test_tells_who_was_faster(self, comment, editor, colleague):
        assign(comment, colleague, colleague)

        with pytest.raises(assigning.AlreadyAssigned) as caught:
            assign(comment, editor, editor, since=None, is_seen=True)

        assert caught.value.to == colleague
        assert assignee(comment) == colleague

    def test_is_for_those_who_may(self, comment, editor):
        member = factories.UserFactory()

        with pytest.raises(PermissionDenied):
            assign(comment, editor, member)
        with pytest.raises(PermissionDenied):
            assign(comment, member, editor)

        assert not Act.objects.exists()

    def test_to_someone_who_left_is_refused(self, comment, editor, colleague):
        colleague.is_active = False

        with pytest.raises(PermissionDenied):
            assign(comment, colleague, editor)
