"""Of a page that a reader may not see, no address of comments or of following tells a thing.

Each way to ask is tried at each address for each way to hide a page, about comments in every
state.
"""

import re
import uuid

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from community.comments.models import Comment
from community.notifications.models import Follow
from mail.models import Message
from tests import factories
from tests.community.hidden_pages.hiding import (
    ABOUT_A_COMMENT,
    ABOUT_A_PAGE,
    BY_TOKEN,
    FIELDS,
    HIDDEN,
    ROUTES,
    SAME_ORIGIN,
    TITLE,
    WORDS,
    WRITER,
    ask,
    one_group_reads,
)

pytestmark = pytest.mark.once

ABOUT_NONE = ["comments:forget_device", "comments:feed", "comments:preview"]
METHODS = ["GET", "HEAD", "POST"]
NOTHING_NEW = (b'{"count": 0, "key": "0"}', b"")  # to a GET, to a HEAD


@pytest.fixture
def stranger_in_the_group_of_others() -> Client:
    """A member, who is in no group."""
    client = Client(headers=SAME_ORIGIN)
    client.force_login(factories.UserFactory())
    return client


def what_is_said(response, key: object) -> tuple:
    """Return an answer without the key in its address, to hold it against another's."""
    said = [response.content.decode(), response.headers.get("Location", "")]
    in_an_address = re.compile(rf"(?<=/|F){re.escape(str(key))}(?=/|%)")
    return (response.status_code, *(in_an_address.sub("…", words) for words in said))


class TestTheRoutes:
    def test_are_all_asked_here(self):
        known = [*ABOUT_A_PAGE, *ABOUT_A_COMMENT, *BY_TOKEN, *ABOUT_NONE]

        assert set(known) == set(ROUTES)
        assert min(map(len, (ABOUT_A_PAGE, ABOUT_A_COMMENT))) >= 6


class TestAnOpenPage:
    """The other side: what is not found below is found here."""

    @pytest.mark.parametrize("name", ABOUT_A_PAGE)
    def test_has_addresses(self, post, stranger, name):
        assert stranger.get(reverse(name, args=[post.pk])).status_code in {200, 302}

    @pytest.mark.parametrize("name", ["comments:permalink", "comments:replies"])
    def test_has_addresses_of_its_comments(self, comment, stranger, name):
        response = stranger.get(reverse(name, args=[comment.public_id]), follow=True)

        assert response.status_code == 200
        assert all(word in response.content.decode() for word in (TITLE, WORDS, WRITER))

    def test_says_what_is_new(self, post, stranger):
        answer = stranger.get(reverse("comments:news", args=[post.pk]), {"na": "0"})

        assert answer.json()["count"] == 2

    def test_takes_comments_and_followers(self, post, stranger):
        for name in ("comments:post", "notifications:follow"):
            assert stranger.post(reverse(name, args=[post.pk]), FIELDS).status_code in {200, 303}

        assert Message.objects.count() == 2


@pytest.mark.long
@pytest.mark.parametrize("hide", HIDDEN)
@pytest.mark.parametrize("method", METHODS)
class TestAHiddenPage:
    def test_is_like_one_that_is_not_there(self, post, stranger, hide, method):
        hide(post)
        nowhere = post.pk + 100_000

        for name in ABOUT_A_PAGE:
            there = ask(stranger, method, f"{reverse(name, args=[post.pk])}?na=0")
            not_there = ask(stranger, method, f"{reverse(name, args=[nowhere])}?na=0")
            assert what_is_said(there, post.pk) == what_is_said(not_there, nowhere), name
            assert there.status_code in {404, 405} or there.content in NOTHING_NEW, name
        assert not Follow.objects.exists()
        assert not Message.objects.exists()

    def test_has_comments_like_those_that_are_not_there(self, post, stranger, hide, method):
        hide(post)
        comments = Comment.objects.order_by("pk")
        keys, nowhere = list(comments.values_list("public_id", flat=True)), uuid.uuid4()

        for name in ABOUT_A_COMMENT:
            missing = ask(stranger, method, reverse(name, args=[nowhere]))
            assert missing.status_code in {404, 405}, name
            for key in keys:
                there = ask(stranger, method, reverse(name, args=[key]))
                assert what_is_said(there, key) == what_is_said(missing, nowhere), name


class TestAMember:
    def test_outside_the_group_finds_nothing(self, post, comment, stranger_in_the_group_of_others):
        one_group_reads(post)
        addresses = [reverse(name, args=[post.pk]) for name in ABOUT_A_PAGE]
        addresses += [reverse(name, args=[comment.public_id]) for name in ABOUT_A_COMMENT]

        for address in addresses:
            response = stranger_in_the_group_of_others.get(f"{address}?na=0")
            assert response.status_code == 404 or response.json()["count"] == 0

    def test_of_the_group_finds_everything(self, post, comment):
        one_group_reads(post)
        member = factories.UserFactory()
        member.groups.add(Group.objects.get(name="Kernteam"))
        client = Client(headers=SAME_ORIGIN)
        client.force_login(member)

        response = client.get(reverse("comments:replies", args=[comment.public_id]))

        assert WORDS in response.content.decode()
