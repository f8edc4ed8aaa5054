"""The address of a comment, and the page of its replies."""

import pytest

from community.comments.models import Comment
from community.comments.reading import THREADS_PER_PAGE
from tests import factories
from tests.community.comments.showing import Status


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
