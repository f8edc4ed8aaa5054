import pytest
from django.db import IntegrityError
from django_comments.models import Comment as PackageComment

from community.comments import comments
from community.comments.models import Comment
from tests import factories

pytestmark = pytest.mark.both


@pytest.fixture
def post(db):
    return factories.BlogPageFactory()


class TestInsert:
    def test_fills_the_rows_of_all_three_tables(self, post):
        stored = factories.comment(post, text="Mooi *stuk*")

        comment = Comment.objects.get(pk=stored.pk)
        assert comment.comment == "Mooi *stuk*"
        assert comment.text_html == "<p>Mooi <em>stuk</em></p>\n"
        assert comment.thread_id == comment.parent_id == comment.pk
        assert comment.content_object == post
        assert (comment.is_public, comment.is_removed) == (True, False)

    def test_costs_three_inserts(self, post, django_assert_max_num_queries):
        factories.comment(post)  # the content type is known from now on

        with django_assert_max_num_queries(5):  # and a savepoint around them
            factories.comment(post)

    def test_stands_below_what_it_answers(self, post):
        first = factories.comment(post)
        second = factories.comment(post)
        answer = factories.comment(post, parent=first)

        assert list(Comment.objects.on(post)) == [first, answer, second]
        assert (answer.level, answer.thread_id, answer.parent_id) == (1, first.pk, first.pk)

    def test_refuses_to_go_deeper_than_conversations_do(self, post):
        parent = None
        for _ in range(4):
            parent = factories.comment(post, parent=parent)

        with pytest.raises(comments.TooDeep):
            factories.comment(post, parent=parent)

        assert PackageComment.objects.count() == 4

    def test_keeps_one_row_for_one_key_and_leaves_no_orphans(self, post):
        factories.comment(post, submission_key="zelfde")

        with pytest.raises(IntegrityError):
            factories.comment(post, submission_key="zelfde")

        assert PackageComment.objects.count() == 1

    def test_keeps_a_conversation_when_its_page_is_deleted_nowhere(self, post):
        factories.comment(post, parent=factories.comment(post))

        post.delete()

        assert PackageComment.objects.count() == 0


class TestPathStep:
    def test_sorts_as_the_numbers_do(self):
        numbers = [1, 9, 10, 35, 36, 1295, 1296, 10**9, 10**15]

        assert sorted(map(comments.path_step, numbers)) == list(map(comments.path_step, numbers))

    def test_is_as_wide_for_the_first_row_as_for_the_last(self):
        assert len(comments.path_step(1)) == len(comments.path_step(36**10 - 1)) == 10


class TestThePackagesReceivers:
    def test_saving_a_parent_does_not_publish_its_replies(self, post):
        parent = factories.comment(post)
        held = factories.comment(post, parent=parent, status="pending")

        parent.refresh_from_db()
        parent.save_base()

        assert PackageComment.objects.get(pk=held.pk).is_public is False
