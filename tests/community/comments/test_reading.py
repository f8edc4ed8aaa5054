import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import timezone

from community.comments import states
from community.comments.models import Comment
from community.comments.reading import SHOWN_PER_THREAD, THREADS_PER_PAGE, Conversation
from tests import factories

Status = Comment.Status


@pytest.fixture
def post(db):
    return factories.BlogPageFactory()


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


class TestThePermalink:
    def test_leads_to_the_place_in_the_conversation(self, post, client):
        for _ in range(THREADS_PER_PAGE):
            factories.comment(post)
        comment = factories.comment(post)

        response = client.get(comment.get_absolute_url())

        assert response.url.endswith(f"?reacties=2#reactie-{comment.public_id}")

    def thread(self, page, replies: int) -> list[Comment]:
        """Store a thread and return its comments in their order."""
        root = factories.comment(page)
        return [root, *(factories.comment(page, parent=root) for _ in range(replies))]

    def lands_on(self, client, comment) -> bool:
        """Whether the page behind the permalink has the anchor that it leads to."""
        response = client.get(comment.get_absolute_url())
        address, anchor = response.url.split("#")
        return f'id="{anchor}"' in client.get(address).content.decode()

    def test_leads_to_the_thread_where_a_reply_did_not_fit(self, site, post, client):
        thread = self.thread(post, 60)

        addresses = [client.get(comment.get_absolute_url()).url for comment in thread]

        whole = "/antwoorden/?pagina={}#reactie-{}".format
        assert addresses[19].endswith(f"{post.url}#reactie-{thread[19].public_id}")
        assert addresses[20].endswith(whole(1, thread[20].public_id))
        assert addresses[50].endswith(whole(2, thread[50].public_id))
        for number in (0, 19, 20, 49, 50, 60):
            assert self.lands_on(client, thread[number])

    def test_counts_only_what_can_be_read(self, site, post, client):
        root = factories.comment(post, status="removed")
        for _ in range(30):
            factories.comment(post, parent=root, status="spam")
        reply = factories.comment(post, parent=root)

        assert "antwoorden" not in client.get(reply.get_absolute_url()).url
        assert self.lands_on(client, reply)

    def test_knows_how_short_threads_are_on_a_long_page(self, site, post, client):
        threads = [self.thread(post, 5) for _ in range(THREADS_PER_PAGE)]

        assert "antwoorden" in client.get(threads[0][4].get_absolute_url()).url
        assert self.lands_on(client, threads[0][2])
        assert self.lands_on(client, threads[0][3])
        assert self.lands_on(client, threads[49][5])

    def test_costs_as_many_queries_in_a_long_thread_as_in_a_short_one(
        self, post, client, count_queries
    ):
        short, long = self.thread(post, 4), self.thread(post, 70)

        few = count_queries(lambda: client.get(short[4].get_absolute_url()))
        many = count_queries(lambda: client.get(long[70].get_absolute_url()))

        assert many <= few + 1

    @pytest.mark.parametrize(
        "status", [status for status in Status.values if status != Status.APPROVED]
    )
    def test_of_what_is_held_is_not_found(self, post, client, status):
        comment = factories.comment(post, status=status)

        assert client.get(comment.get_absolute_url()).status_code == 404
        assert client.get(comment.get_absolute_url() + "antwoorden/").status_code == 404

    def test_on_a_hidden_page_is_not_found(self, client, db):
        comment = factories.comment(factories.BlogPageFactory(live=False))

        assert client.get(comment.get_absolute_url()).status_code == 404

    def test_behind_a_login_is_not_found_by_a_stranger(self, post, client):
        comment = factories.comment(post)
        post.view_restrictions.create(restriction_type="login")

        assert client.get(comment.get_absolute_url()).status_code == 404


class TestThePageOfReplies:
    def test_shows_the_thread_and_a_form(self, post, client):
        comment = factories.comment(post, text="De vraag")
        factories.comment(post, parent=comment, text="Het antwoord")

        page = client.get(comment.get_absolute_url() + "antwoorden/").content.decode()

        assert "De vraag" in page
        assert "Het antwoord" in page
        assert str(comment.public_id) in page

    def test_is_the_one_that_holds_the_comment(self, post, client):
        root = factories.comment(post)
        for _ in range(54):
            last = factories.comment(post, parent=root)

        page = client.get(last.get_absolute_url() + "antwoorden/").content.decode()

        assert f'id="reactie-{last.public_id}"' in page
        assert f'id="reactie-{root.public_id}"' not in page

    @pytest.mark.parametrize("number", ["0", "-1", "99999999", "abc", "\u0661", "\x00", "1"])
    def test_of_any_number_is_answered(self, post, client, number):
        comment = factories.comment(post)

        response = client.get(comment.get_absolute_url() + "antwoorden/", {"pagina": number})

        assert response.status_code == 200

    def test_has_no_form_where_an_answer_would_stand_too_deep(self, post, client):
        parent = None
        for _ in range(4):
            parent = factories.comment(post, parent=parent)

        page = client.get(parent.get_absolute_url() + "antwoorden/").content.decode()

        assert "data-comment-form" not in page


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
