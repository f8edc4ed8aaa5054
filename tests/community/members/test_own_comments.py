import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from community.comments import devices
from community.comments.models import Comment
from community.members.own_comments import PER_PAGE
from tests import factories


@pytest.fixture
def member(client, db, home):
    user = factories.UserFactory()
    client.force_login(user)
    return user


def home_page(client, **query) -> str:
    response = client.get(reverse("members:home"), query)
    assert response.status_code == 200
    return response.content.decode()


class TestTheOwnComments:
    @pytest.mark.parametrize(
        ("status", "words"),
        [
            ("unconfirmed", "Nog niet bevestigd"),
            ("pending", "Wacht op beoordeling"),
            ("approved", "Geplaatst"),
            ("rejected", "Niet geplaatst"),
            ("spam", "Niet geplaatst"),
            ("removed", "Weggehaald door een redacteur"),
        ],
    )
    def test_say_how_they_stand(self, client, member, status, words):
        factories.comment(user=member, status=status)

        assert f">{words}</h3>" in home_page(client)

    def test_lead_to_what_can_be_done_now(self, client, member):
        young = factories.comment(user=member, at=timezone.now())
        refused = factories.comment(user=member, status="rejected")

        page = home_page(client)

        offered = {
            (comment.pk, name): reverse(f"own:{name}", args=[comment.public_id]) in page
            for comment in (young, refused)
            for name in ("edit", "delete", "object")
        }
        assert offered == {
            (young.pk, "edit"): True,
            (young.pk, "delete"): True,
            (young.pk, "object"): False,
            (refused.pk, "edit"): False,
            (refused.pk, "delete"): True,
            (refused.pk, "object"): True,
        }

    def test_are_those_of_nobody_else(self, client, member):
        factories.comment(text="Van een ander", user=factories.UserFactory())
        factories.comment(text="Van een lezer", email=member.email)

        page = home_page(client)

        assert "Van een ander" not in page
        assert "Van een lezer" not in page

    def test_of_a_page_that_cannot_be_read_do_not_name_it(self, client, member):
        post = factories.BlogPageFactory(title="Een geheim bericht")
        factories.comment(post, user=member, text="Wel mijn woorden")
        type(post).objects.filter(pk=post.pk).update(live=False)

        page = home_page(client)

        assert "Wel mijn woorden" in page
        assert "Een geheim bericht" not in page
        assert post.slug not in page

    def test_come_fifty_to_a_page_newest_first(self, client, member):
        post = factories.BlogPageFactory()
        now = timezone.now()
        for number in range(PER_PAGE + 1):
            at = now - dt.timedelta(hours=number + 1)
            factories.comment(post, user=member, text=f"Woorden {number}.", at=at)

        assert "Woorden 0." in home_page(client)
        assert f"Woorden {PER_PAGE}." not in home_page(client)
        assert f"Woorden {PER_PAGE}." in home_page(client, pagina="2")

    @pytest.mark.parametrize("number", ["", "0", "-1", "99999999", "abc", "\u0661", "\x00"])
    def test_any_page_number_is_answered(self, client, member, number):
        factories.comment(user=member, text="Mijn woorden")

        assert "Mijn woorden" in home_page(client, pagina=number)

    def test_of_ten_cost_as_many_queries_as_of_one(self, client, member, count_queries):
        factories.comment(user=member, at=timezone.now())
        one = count_queries(lambda: home_page(client))
        for _ in range(9):
            factories.comment(user=member, at=timezone.now())

        assert count_queries(lambda: home_page(client)) == one

    def test_are_gone_once_deleted(self, client, member):
        comment = factories.comment(user=member, text="Weg hiermee")

        client.post(
            reverse("own:delete", args=[comment.public_id]),
            headers={"Sec-Fetch-Site": "same-origin"},
        )

        assert "Weg hiermee" not in home_page(client)
        assert not Comment.objects.filter(user=member).exists()
        assert devices.COOKIE not in client.cookies
