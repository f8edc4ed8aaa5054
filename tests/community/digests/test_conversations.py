"""What a digest tells of conversations."""

import datetime as dt

import pytest

from blog.models import BlogPage
from community.comments import states
from community.comments.models import Comment
from community.digests import contents
from tests import factories
from tests.community.digests.news import (
    BEFORE,
    IN,
    SINCE,
    UNTIL,
    between,
    make_private,
    old_post,
    shown,
)
from tests.factories import AuthorFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]


class TestComments:
    def test_are_those_approved_in_the_period(self):
        page = old_post()
        second = dt.timedelta(seconds=1)
        for at, text in [
            (SINCE - second, "te vroeg"),
            (SINCE, "eerste"),
            (UNTIL - second, "laatste"),
            (UNTIL, "te laat"),
        ]:
            factories.comment(page, at=at, text=text)

        assert shown(between()) == ["eerste", "laatste"]

    @pytest.mark.parametrize(
        "status", ["unconfirmed", "pending", "rejected", "spam", "removed", "deleted_by_author"]
    )
    def test_that_are_not_approved_are_left_out(self, status):
        factories.comment(old_post(), at=IN, status=status)

        assert between().is_empty

    def test_that_are_approved_again_are_no_news(self):
        comment = factories.comment(old_post(), at=BEFORE)
        states.change(comment, to=Comment.Status.PENDING, now=IN)
        states.change(comment, to=Comment.Status.APPROVED, now=IN)

        assert between().is_empty

    def test_that_are_approved_after_all_are_news(self):
        comment = factories.comment(old_post(), at=BEFORE, status="rejected", text="toch wel")
        states.change(comment, to=Comment.Status.APPROVED, now=IN)

        assert shown(between()) == ["toch wel"]

    def test_on_pages_that_not_everyone_may_read_are_left_out(self):
        draft, private = old_post(), old_post()
        factories.comment(draft, at=IN)
        factories.comment(private, at=IN)
        draft.unpublish()
        make_private(private)

        assert between().is_empty

    def test_stand_together_under_their_page(self):
        one, two = old_post(title="Een"), old_post(title="Twee")
        hour = dt.timedelta(hours=1)
        factories.comment(one, at=IN, text="a")
        factories.comment(two, at=IN + hour, text="b")
        factories.comment(one, at=IN + 2 * hour, text="c")

        news = between()

        assert [talk.title for talk in news.conversations] == ["Een", "Twee"]
        assert shown(news) == ["a", "c", "b"]

    def test_are_short_plain_text_with_a_permalink(self):
        comment = factories.comment(old_post(), at=IN, text="**Wat** een <b>goed</b> idee! " * 30)

        [[reply]] = [talk.replies for talk in between().conversations]

        assert reply.name == comment.user_name
        assert len(reply.excerpt) <= contents.EXCERPT_LENGTH + 1
        assert reply.url == f"https://estafette.example.org/reacties/{comment.public_id}/"

    def test_beyond_ten_are_counted_and_the_newest_shown(self):
        page = old_post()
        for number in range(13):
            factories.comment(page, at=IN + dt.timedelta(minutes=number), text=f"nr {number}")

        news = between()

        assert (len(shown(news)), news.more_comments) == (10, 3)
        assert shown(news)[-1] == "nr 12"

    def test_by_the_author_of_the_post_come_first_in_their_conversation(self):
        author = AuthorFactory(user=factories.UserFactory())
        page = old_post(author=author)
        hour = dt.timedelta(hours=1)
        factories.comment(page, at=IN, text="een vraag")
        factories.comment(page, at=IN + hour, text="nog een vraag")
        factories.comment(page, at=IN + 2 * hour, text="het antwoord", user=author.user)

        [talk] = between().conversations

        told = [(reply.excerpt, reply.is_by_author) for reply in talk.replies]
        assert told == [("het antwoord", True), ("een vraag", False), ("nog een vraag", False)]

    def test_by_the_author_of_the_post_are_told_however_much_came_after(self):
        author = AuthorFactory(user=factories.UserFactory())
        page = old_post(author=author)
        factories.comment(page, at=IN, text="het antwoord", user=author.user)
        for number in range(12):
            factories.comment(page, at=IN + dt.timedelta(minutes=number + 1))

        assert shown(between())[0] == "het antwoord"

    def test_by_a_member_under_a_post_without_author_are_like_any(self):
        page = old_post()
        BlogPage.objects.filter(pk=page.pk).update(author=None)
        factories.comment(page, at=IN, user=factories.UserFactory())

        [talk] = between().conversations

        assert not talk.replies[0].is_by_author

    def test_that_do_not_fit_are_counted_by_conversation(self):
        busy, quiet = old_post(title="Druk"), old_post(title="Rustig")
        factories.comment(quiet, at=IN)
        minute = dt.timedelta(minutes=1)
        for number in range(14):
            factories.comment(busy, at=IN + minute * (number + 1))

        news = between()

        assert [(talk.title, talk.more) for talk in news.conversations] == [("Druk", 4)]
        assert (news.more_comments, news.comments_elsewhere) == (5, 1)
