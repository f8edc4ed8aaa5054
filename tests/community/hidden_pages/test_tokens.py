"""Who has a token to a hidden page finds what is their own, and no page."""

import itertools
import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from community.comments import confirming, own
from community.comments.models import Confirmation
from community.moderation import notice_links
from community.moderation.models import Case
from community.notifications import links
from mail.models import Message
from tests import factories
from tests.community.hidden_pages.hiding import (
    ABOUT_A_COMMENT,
    ALL_BUT_OFF,
    BY_TOKEN,
    CANARY,
    TITLE,
    ask,
)

pytestmark = pytest.mark.once

FOR_READERS = {"own:notify"}  # which a writer has no more right to than anyone


def _to_confirm(post, state: str) -> str:
    """Return the token of a comment that waits for its writer."""
    asked = timezone.now() - timedelta(days=4 if state == "old" else 0)
    address = f"{uuid.uuid4().hex}@example.org"
    mine = factories.comment(
        post, status="unconfirmed", text="Mijn woorden", email=address, at=asked
    )
    confirming.ask(mine, now=asked)
    token = Message.objects.latest("pk").text.split("/bevestigen/")[1].split("/")[0]
    if state == "used":
        confirming.confirm(token, now=asked)
    assert Confirmation.objects.filter(comment=mine).exists()
    return token


def _to_follow(post, state: str) -> str:
    follow = factories.FollowFactory(page=post, unconfirmed=state != "used")
    return links.confirm(follow).rstrip("/").rpartition("/")[2]


def _to_stop(post, state: str) -> str:
    follow = factories.FollowFactory(page=post)
    token = links.stop(follow).rstrip("/").rpartition("/")[2]
    if state == "used":
        follow.delete()
    return token


def _to_stop_all(post, state: str) -> str:
    follow = factories.FollowFactory(page=post)
    token = links.switch_off(follow.public_id.hex, "nl").rstrip("/").rpartition("/")[2]
    if state == "used":
        follow.delete()
    return token


def _to_a_notice(post, state: str) -> str:
    """Return the token of a notice; one that was decided about when ``state`` is not fresh."""
    sent = factories.notice(factories.comment(post))
    if state != "fresh":
        decided = {"closed_at": timezone.now(), "outcome": "kept"}
        Case.objects.filter(pk=sent.case_id).update(**decided)
    return notice_links.path(sent).rstrip("/").rpartition("/")[2]


TOKENS = {
    "comments:confirm": _to_confirm,
    "comments:ask_again": _to_confirm,
    "notifications:confirm": _to_follow,
    "notifications:stop": _to_stop,
    "notifications:stop_all": _to_stop_all,
    "own:notice": _to_a_notice,
}


class TestTheWriterOnAHiddenPage:
    """A link from a mail opens the writer's own words, and nothing else."""

    @pytest.mark.long
    @pytest.mark.parametrize("hide", ALL_BUT_OFF)
    @pytest.mark.parametrize("method", ["GET", "POST"])
    def test_finds_the_own_comment_and_no_page(self, post, stranger, hide, method):
        asked = {}
        theirs = {name for name in ABOUT_A_COMMENT if name.startswith("own:")} - FOR_READERS
        for name, status in itertools.product(sorted(theirs), ("pending", "approved", "removed")):
            mine = factories.comment(post, status=status, text="Mijn woorden", at=timezone.now())
            key = f"?{own.FIELD}={own.key(mine)}"
            asked[name, status] = f"{reverse(name, args=[mine.public_id])}{key}"
        hide(post)

        for what, address in asked.items():
            response = ask(stranger, method, address)
            assert response.status_code in {200, 303, 405, 409}, what
            assert not CANARY.search(response.content.decode()), what

    @pytest.mark.long
    @pytest.mark.parametrize("hide", ALL_BUT_OFF)
    @pytest.mark.parametrize("method", ["GET", "POST"])
    def test_is_led_by_a_token_and_told_nothing(self, post, stranger, hide, method):
        asked = {
            (name, state): reverse(name, args=[TOKENS[name](post, state)])
            for name, state in itertools.product(BY_TOKEN, ("fresh", "used", "old"))
        }
        hide(post)

        for what, address in asked.items():
            for _ in range(2):
                response = ask(stranger, method, address)
                assert response.status_code in {200, 303, 404, 405, 410, 422}, what
                assert not CANARY.search(response.content.decode()), what

    def test_sees_the_page_where_it_may_be_read(self, post, stranger):
        for state in ("fresh", "used"):
            address = reverse("comments:confirm", args=[_to_confirm(post, state)])
            assert TITLE in stranger.get(address).content.decode()
