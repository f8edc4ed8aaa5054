import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import timezone

from community.comments import states
from community.comments.reading import SHOWN_PER_THREAD, THREADS_PER_PAGE, Conversation
from tests import factories
from tests.community.comments.showing import Status

pytestmark = pytest.mark.both


def section(page, query: str = "") -> str:
    """Return the page's conversation as a stranger's browser gets it."""
    template = Template("{% load comments %}{% comments page %}")
    return template.render(Context({"page": page, "request": RequestFactory().get(f"/{query}")}))


class TestThreads:
    def test_stand_oldest_first_with_their_replies(self, post):
        first = factories.comment(post)
        factories.comment(post)
        answer = factories.comment(post, parent=first)
        deeper = factories.comment(post, parent=answer)

        one, two = Conversation(post).threads(1).threads

        assert one.public_id == first.public_id
        assert [reply.public_id for reply in one.replies] == [answer.public_id]
        assert [reply.public_id for reply in one.replies[0].replies] == [deeper.public_id]
        assert one.replies[0].answers_to is one
        assert two.replies == []

    @pytest.mark.parametrize(
        "status", [status for status in Status.values if status != Status.APPROVED]
    )
    def test_do_not_show_what_is_not_approved(self, post, status):
        factories.comment(post, status=status, text="Verborgen woorden", name="Verborgen naam")

        assert "Verborgen" not in section(post)
        assert Conversation(post).count == 0

    def test_keep_the_place_of_a_parent_that_cannot_be_read(self, post):
        parent = factories.comment(post, text="Eens gezegd", name="Weg")
        answer = factories.comment(post, parent=parent)
        states.change(parent, to=Status.REMOVED, now=timezone.now())

        [thread] = Conversation(post).threads(1).threads

        assert not thread.is_readable
        assert [reply.public_id for reply in thread.replies] == [answer.public_id]
        assert "Eens gezegd" not in section(post)

    @pytest.mark.parametrize(
        "number", [None, "", "0", "-1", "2", "99999999", "abc", "\u0661", "\x00"]
    )
    def test_any_page_number_is_answered(self, post, number):
        factories.comment(post)

        assert len(Conversation(post).threads(number).threads) == 1

    def test_come_fifty_to_a_page(self, post):
        for _ in range(THREADS_PER_PAGE + 1):
            last = factories.comment(post)

        first, second = (Conversation(post).threads(number) for number in (1, 2))

        assert len(first.threads) == THREADS_PER_PAGE
        assert [thread.public_id for thread in second.threads] == [last.public_id]
        assert Conversation(post).number_of(last) == 2

    def test_of_great_length_say_how_much_more_there_is(self, post):
        root = factories.comment(post)
        for _ in range(SHOWN_PER_THREAD + 4):
            factories.comment(post, parent=root)

        [thread] = Conversation(post).threads(1).threads

        assert len(thread.replies) == SHOWN_PER_THREAD - 1
        assert thread.withheld == 5

    def test_of_a_long_page_are_shortened_further(self, post):
        for _ in range(30):
            root = factories.comment(post)
            for _ in range(9):
                factories.comment(post, parent=root)

        threads = Conversation(post).threads(1).threads

        assert {1 + len(thread.replies) for thread in threads} == {3}
        assert {thread.withheld for thread in threads} == {7}

    def test_leave_to_long_ones_what_short_ones_do_not_need(self, post):
        for number in range(THREADS_PER_PAGE):
            root = factories.comment(post)
            for _ in range(0 if number % 10 else 9):
                factories.comment(post, parent=root)

        threads = Conversation(post).threads(1).threads

        assert {1 + len(thread.replies) for thread in threads} == {1, 9}
        assert sum(1 + len(thread.replies) for thread in threads) == 90

    def test_of_ten_cost_as_many_queries_as_of_a_thousand(
        self, post, django_assert_num_queries, django_assert_max_num_queries
    ):
        root = None
        for number in range(120):
            parent = root if number % 3 else None
            latest = factories.comment(post, parent=parent)
            root = root if parent else latest
        other = factories.BlogPageFactory()
        factories.comment(other)

        with django_assert_max_num_queries(4) as many:
            section(post)
        with django_assert_num_queries(len(many)):
            section(other)


class TestTheSection:
    def test_is_the_same_for_everyone(self, post):
        html = section(post)

        assert "csrf" not in html
        assert 'name="comment"' in html
        assert 'name="reply_to"' in html

    def test_names_no_address(self, post):
        factories.comment(post, email="geheim@example.org")

        assert "geheim" not in section(post)

    def test_of_a_closed_page_can_be_read_and_has_no_form(self, db):
        post = factories.BlogPageFactory(comments_mode="closed")
        factories.comment(post, text="Nog te lezen")

        html = section(post)

        assert "Nog te lezen" in html
        assert "data-comment-form" not in html

    def test_of_a_page_without_comments_is_not_there(self, db):
        assert section(factories.BlogPageFactory(comments_mode="off")).strip() == ""

    def test_is_not_in_a_preview(self, post):
        template = Template("{% load comments %}{% comments page %}")
        request = RequestFactory().get("/")

        html = template.render(Context({"page": post, "request": request, "is_preview": True}))

        assert html.strip() == ""

    def test_wastes_nothing_on_indents_and_leaves_code_alone(self, post):
        factories.comment(post, text="Zo:\n\n```\nals\n    dan\n```\n\nEn &lt;pre> ook.")

        thread = section(post).split("<li ")[1].split("</li>")[0]

        assert "<pre><code>als\n    dan\n</code></pre>" in thread
        assert thread.count("  ") == 2

    def test_contains_hostile_names_and_texts(self, post):
        factories.comment(post, name="<script>alert(1)</script>", text="<img src=x onerror=1>")

        html = section(post)

        assert "<script>alert" not in html
        assert "<img" not in html


class TestRecentComments:
    def test_are_those_that_anyone_may_read(self, post):
        factories.comment(post, text="Zichtbaar")
        factories.comment(post, status="pending", text="Wacht")
        factories.comment(factories.BlogPageFactory(live=False), text="Op een concept")
        private = factories.BlogPageFactory()
        private.view_restrictions.create(restriction_type="login")
        factories.comment(private, text="Besloten")

        factories.comment(factories.BlogPageFactory(comments_mode="off"), text="Uitgezet")

        template = Template(
            "{% load comments %}{% recent_comments 9 as found %}"
            "{% for comment in found %}{{ comment.excerpt }};{% endfor %}"
        )

        assert template.render(Context()) == "Zichtbaar;"


class TestCommentCounts:
    def test_count_what_can_be_read_in_one_query(self, post, django_assert_num_queries):
        factories.comment(post)
        factories.comment(post, status="spam")
        other = factories.BlogPageFactory()
        template = Template(
            "{% load comments %}{% comment_counts pages as counts %}"
            "{% for page in pages %}{{ counts|get:page.pk }};{% endfor %}"
        )

        with django_assert_num_queries(1):
            assert template.render(Context({"pages": [post, other]})) == "1;0;"
