import datetime as dt

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from wagtail.models import Page

from blog.models import BlogPage
from community.comments.models import Comment
from community.comments.models.comments import MAX_DEPTH, PATH_STEP
from community.subscriptions.models import Subscription
from tests.factories import BlogPageFactory, ToolPageFactory
from tests.html import text_of
from tools.models import ToolPage

pytestmark = pytest.mark.both


def fill(**options) -> None:
    call_command("fill", **options)


def is_in_place(comment: Comment, by_path: dict[str, Comment]) -> bool:
    """Whether path, level, parent and thread say the same."""
    parent = by_path.get(comment.parent_path)
    if parent is None:
        return comment.level == 0 and comment.parent_id == comment.thread_id == comment.pk
    return (
        comment.level == parent.level + 1 == len(comment.path) // PATH_STEP - 1
        and comment.parent_id == parent.pk
        and comment.thread_id == by_path[comment.root_path].pk
        and comment.page_id == parent.page_id
    )


class TestFillComments:
    @pytest.mark.parametrize("shape", ["flat", "thread", "mixed"])
    def test_gives_every_comment_a_valid_place(self, blog_index, shape):
        BlogPageFactory(slug="vol")

        fill(comments=300, comments_on="vol", shape=shape)

        by_path = {comment.path: comment for comment in Comment.objects.all()}
        assert len(by_path) == 300
        assert all(is_in_place(comment, by_path) for comment in by_path.values())

    def test_keeps_a_flat_conversation_flat(self, blog_index):
        BlogPageFactory()

        fill(comments=40, shape="flat")

        assert set(Comment.objects.values_list("level", flat=True)) == {0}

    def test_makes_one_thread_as_deep_as_threads_go(self, blog_index):
        BlogPageFactory()

        fill(comments=200, shape="thread")

        assert Comment.objects.filter(level=0).count() == 1
        assert Comment.objects.filter(level=MAX_DEPTH).exists()

    def test_counts_what_can_be_read_of_each_thread(self, blog_index):
        BlogPageFactory()

        fill(comments=120)

        for first in Comment.objects.filter(level=0):
            assert first.thread_count == Comment.objects.filter(path__startswith=first.path).count()
        assert not Comment.objects.filter(level__gt=0, thread_count__isnull=False).exists()

    def test_writes_what_the_page_can_show(self, blog_index, client):
        post = BlogPageFactory()

        fill(comments=30)

        comment = Comment.objects.first()
        comment.full_clean()
        shown = text_of(client.get(post.url))
        assert comment.user_name in shown
        assert str(comment.public_id) in shown

    def test_fills_the_queue_when_asked(self, blog_index):
        BlogPageFactory()

        fill(comments=20, status="pending")

        assert Comment.objects.waiting().count() == 20
        assert not Comment.objects.threads().exists()

    def test_finds_a_tool_too(self, tool_index):
        tool = ToolPageFactory(slug="lokaal-meten")

        fill(comments=10, comments_on="lokaal-meten")

        assert Comment.objects.on(tool).count() == 10

    def test_is_the_same_for_the_same_seed(self, blog_index):
        BlogPageFactory()

        fill(comments=25, seed=7)
        fill(comments=25, seed=7)

        texts = list(Comment.objects.order_by("pk").values_list("comment", flat=True))
        assert texts[:25] == texts[25:]


class TestFillPages:
    def test_adds_posts_that_can_be_read_and_found(self, blog_index, client):
        BlogPageFactory()

        fill(posts=30)

        assert BlogPage.objects.live().count() == 31
        newest = BlogPage.objects.published().first()
        assert newest.title in text_of(client.get(newest.url))
        assert newest in BlogPage.objects.search(newest.title).get_queryset()

    def test_keeps_wagtails_tree_whole(self, blog_index, tool_index):
        BlogPageFactory()

        fill(posts=15, tools=15)
        fill(posts=15, tools=15)
        later = BlogPageFactory()

        assert Page.find_problems() == ([], [], [], [], [])
        assert ToolPage.objects.count() == 30
        assert later.path > BlogPage.objects.exclude(pk=later.pk).order_by("path").last().path

    def test_lets_an_editor_go_on_with_a_page(self, blog_index):
        fill(posts=1)
        post = BlogPage.objects.get()

        post.title = "Anders"
        post.save_revision().publish()

        assert BlogPage.objects.get().title == "Anders"


class TestFillSubscribers:
    def test_adds_subscriptions_that_run(self, db):
        fill(subscribers=12)
        fill(subscribers=12)

        assert Subscription.objects.active().count() == 24
        next_week = timezone.now() + dt.timedelta(days=8)
        assert Subscription.objects.due(next_week).count() == 24


class TestFill:
    def test_is_quiet_in_a_pipe(self, blog_index, capsys):
        fill(posts=5)

        assert capsys.readouterr() == ("5 posts\n", "")

    @pytest.mark.parametrize(
        ("options", "said"),
        [
            ({"comments": -1}, "not a number"),
            ({"posts": "veel"}, "not a number"),
            ({"subscribers": "\u0661"}, "not a number"),
            ({"comments": 1, "shape": "rond"}, "none of"),
            ({"comments": 1, "comments_on": "bestaat-niet"}, "no page to comment on"),
            ({"comments": 1}, "no page to comment on"),
        ],
    )
    def test_says_in_one_line_what_is_wrong(self, db, options, said):
        with pytest.raises(CommandError, match=said):
            fill(**options)

    def test_asks_for_a_site_first(self, untouched):
        with pytest.raises(CommandError, match="setup_site"):
            fill(posts=1)
