import datetime as dt
import re

import pytest
from django.utils import timezone

from community.comments import live, states
from community.comments.reading import Conversation
from tests import factories


@pytest.fixture
def post(db):
    return factories.BlogPageFactory()


def news(client, page, key: str) -> dict:
    response = client.get(f"/reacties/{page.pk}/nieuw/", {"na": key})
    assert response.status_code == 200
    return response.json()


def key_on(client, page) -> str:
    return re.search(r'data-key="(\w+)"', client.get(page.url).content.decode())[1]


class TestNews:
    def test_is_what_was_approved_since_the_page_was_made(self, client, site, post):
        now = timezone.now()
        factories.comment(post, at=now - dt.timedelta(hours=2))
        key = key_on(client, post)
        assert news(client, post, key) == {"count": 0, "key": key}

        soon, late = (
            factories.comment(post, at=now - dt.timedelta(minutes=minutes)) for minutes in (2, 1)
        )
        factories.comment(post, status="pending")
        factories.comment(at=now)

        found = news(client, post, key)
        url = soon.get_absolute_url()
        assert found == {"count": 2, "key": live.key_of(late.decided_at), "url": url}
        assert news(client, post, found["key"])["count"] == 0
        assert key_on(client, post) == found["key"]

    def test_is_everything_where_there_was_nothing(self, client, site, post):
        key = key_on(client, post)
        factories.comment(post)

        assert news(client, post, key)["count"] == 1

    def test_leads_to_a_reply_that_does_not_fit_on_the_page(self, client, site, post):
        now = timezone.now()
        root = factories.comment(post, at=now - dt.timedelta(hours=2))
        for _ in range(25):
            factories.comment(post, parent=root, at=now - dt.timedelta(hours=1))
        key = key_on(client, post)
        reply = factories.comment(post, parent=root, at=now)

        url = news(client, post, key)["url"]

        address, anchor = client.get(url).url.split("#")
        assert anchor == reply.anchor
        assert f'id="{anchor}"' in client.get(address).content.decode()

    @pytest.mark.parametrize("between", ["pending", "removed"])
    def test_is_not_what_was_there_before_and_was_decided_about_again(
        self, client, site, post, between
    ):
        now = timezone.now()
        comment = factories.comment(post, at=now - dt.timedelta(hours=2))
        key = key_on(client, post)

        states.change(comment, to=between, now=now)
        states.change(comment, to="approved", now=now)

        assert comment.decided_at == now
        assert news(client, post, key)["count"] == 0

    def test_is_what_an_editor_placed_late(self, client, site, post):
        comment = factories.comment(
            post, status="pending", at=timezone.now() - dt.timedelta(days=2)
        )
        factories.comment(post)
        key = key_on(client, post)

        states.change(comment, to="approved", now=timezone.now())

        assert news(client, post, key)["count"] == 1

    @pytest.mark.parametrize(
        "key", ["", "x", "-1", "zz", "0x1", "\u0661", "\x00", "f" * 15, "f" * 5000, "1_0", " 1"]
    )
    def test_of_an_odd_key_is_nothing(self, client, post, key):
        factories.comment(post)

        assert news(client, post, key)["count"] == 0

    @pytest.mark.parametrize(
        "changes", [{"live": False}, {"comments_mode": "off"}], ids=["a draft", "comments off"]
    )
    def test_of_a_page_without_conversation_is_nothing(self, client, db, changes):
        page = factories.BlogPageFactory(**changes)
        factories.comment(page)

        assert news(client, page, "0") == {"count": 0, "key": "0"}

    def test_of_a_page_behind_a_login_is_for_who_may_read_it(self, client, post):
        factories.comment(post)
        post.view_restrictions.create(restriction_type="login")
        assert news(client, post, "0")["count"] == 0

        client.force_login(factories.UserFactory())
        assert news(client, post, "0")["count"] == 1

    @pytest.mark.parametrize("page_id", ["0", "999999999", "99999999999999999999999"])
    def test_of_no_page_is_nothing(self, client, home, page_id):
        assert client.get(f"/reacties/{page_id}/nieuw/?na=0").json()["count"] == 0

    def test_costs_one_query_as_long_as_there_is_none(self, client, post, count_queries):
        factories.comment(post)
        key = Conversation(post).key

        assert count_queries(lambda: news(client, post, key)) == 1

    def test_is_kept_by_nobody_on_the_way(self, client, post):
        response = client.get(f"/reacties/{post.pk}/nieuw/", {"na": "0"})

        assert "no-store" in response["Cache-Control"]
        assert not response.cookies

    def test_is_not_taken_by_post(self, client, post):
        assert client.post(f"/reacties/{post.pk}/nieuw/").status_code == 405


class TestTheKey:
    def test_costs_the_page_no_query(self, post, django_assert_num_queries):
        factories.comment(post)
        conversation = Conversation(post)
        conversation.count  # noqa: B018  the query that both share

        with django_assert_num_queries(0):
            assert conversation.key != "0"

    def test_is_the_same_for_the_same_conversation(self, client, site, post):
        factories.comment(post)

        assert client.get(post.url).content == client.get(post.url).content
