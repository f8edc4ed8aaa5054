import pytest

from community.comments import marks
from community.comments.reading import Conversation
from tests import factories


@pytest.fixture
def post(db):
    author = factories.AuthorFactory(user=factories.UserFactory())
    return factories.BlogPageFactory(author=author)


class TestMarks:
    def test_tell_author_editor_and_organisation_apart(self, post):
        editor = factories.UserFactory(moderator=True)
        known = factories.AuthorFactory(user=factories.UserFactory())
        member = factories.UserFactory()
        everyone = {post.author.user_id, editor.pk, known.user_id, member.pk}

        assert marks.of(post, everyone) == {
            post.author.user_id: "schreef dit bericht",
            editor.pk: "redactie",
            known.user_id: known.organisation.name,
        }

    def test_are_never_a_guests_however_they_call_themselves(self, post):
        factories.comment(post, name=post.author.name)

        [thread] = Conversation(post).threads(1).threads

        assert thread.badge == ""

    def test_stand_beside_the_name(self, post):
        factories.comment(post, user=post.author.user)

        [thread] = Conversation(post).threads(1).threads

        assert thread.badge == "schreef dit bericht"

    def test_cost_two_queries_for_any_number(self, post, django_assert_num_queries):
        users = {user.pk for user in factories.UserFactory.create_batch(20)}

        with django_assert_num_queries(2):
            marks.of(post, users)
        with django_assert_num_queries(0):
            marks.of(post, set())
