import contextlib

import pytest
from django.db.models import Count
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from community.comments import appreciating, counters, deleting, editing, states, unnaming
from community.comments.models import Comment, Device
from community.comments.reading import Conversation
from tests import factories

pytestmark = pytest.mark.both

Status = Comment.Status
ANY_STATUS = st.sampled_from([Status.PENDING, Status.APPROVED, Status.SPAM, Status.REMOVED])
SHAPE = st.lists(st.tuples(st.integers(0, 30), ANY_STATUS), max_size=40)
PEOPLE = 2  # members, and as many remembered devices
LIKES = ("give", "take back")
LIKE = st.tuples(st.sampled_from(LIKES), st.integers(0, 2 * PEOPLE - 1))
ACT = ANY_STATUS | st.sampled_from(["edit", "delete", "unname"]) | LIKE
ACTS = st.lists(st.tuples(st.integers(0, 30), ACT), min_size=20, max_size=60)


def grow(page, shape):
    """Make a conversation: each number names the comment that is answered, if it may be."""
    comments = []
    for answered, status in shape:
        parent = comments[answered] if answered < len(comments) else None
        if parent is not None and parent.level >= 3:
            parent = None
        at = timezone.now()
        comments.append(factories.comment(page, parent=parent, status=status, at=at))
    return comments


def gather() -> list[dict]:
    """Make people who can appreciate: members, and browsers that are remembered."""
    members = factories.UserFactory.create_batch(PEOPLE)
    devices = [
        Device.objects.create(token_hash=f"{number}", email=f"apparaat{number}@example.org")
        for number in range(PEOPLE)
    ]
    return [{"user": member, "device": None} for member in members] + [
        {"user": None, "device": device} for device in devices
    ]


def carry_out(comment, act, people):
    """Let an editor, the writer or a reader act; return the status of ``comment`` then."""
    comment = Comment.objects.get(pk=comment.pk)
    now = timezone.now()
    if act == "delete":
        deleting.delete(comment, now=now)
    elif act == "edit":
        with contextlib.suppress(editing.TooLate):
            editing.edit(comment, text=f"Gewijzigd om {now}", now=now)
    elif act == "unname":
        unnaming.unname(comment)
    elif isinstance(act, tuple):
        word, who = act
        do = appreciating.give if word == "give" else appreciating.take_back
        with contextlib.suppress(appreciating.NotThere):
            do(comment, **people[who])
    else:
        states.change(comment, to=act, now=now)
    return Comment.objects.get(pk=comment.pk).status


def appreciated(page) -> dict[int, int]:
    """Count anew who appreciates each comment of ``page``."""
    counted = Comment.objects.on(page).annotate(given=Count("appreciations"))
    return dict(counted.values_list("pk", "given"))


def kept(page, column: str) -> dict[int, int]:
    return dict(Comment.objects.on(page).values_list("pk", column))


class TestCountersOfAnyConversation(TestCase):
    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(shape=SHAPE, acts=ACTS)
    def test_equal_a_recount_and_touch_no_other_comment(self, shape, acts):
        page, people = factories.BlogPageFactory(), gather()
        comments = grow(page, shape)
        expected = {comment.pk: comment.status for comment in comments}

        for number, act in acts if comments else []:
            comment = comments[number % len(comments)]
            expected[comment.pk] = carry_out(comment, act, people)

        assert kept(page, "status") == expected
        assert kept(page, "appreciation") == appreciated(page)
        counts = kept(page, "thread_count")
        counters.recount(Comment.objects.on(page))
        assert kept(page, "thread_count") == counts
        visible = list(expected.values()).count(Status.APPROVED)
        assert Conversation(page).count == visible

    @settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
    @given(shape=SHAPE, likes=st.lists(st.tuples(st.integers(0, 30), LIKE), max_size=40))
    def test_equal_a_recount_after_accounts_are_deleted(self, shape, likes):
        page, people = factories.BlogPageFactory(), gather()
        comments = grow(page, shape)
        for number, like in likes if comments else []:
            carry_out(comments[number % len(comments)], like, people)

        for person in people[:PEOPLE]:
            person["user"].delete()

        assert kept(page, "appreciation") == appreciated(page)
