import contextlib

from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from community.comments import counters, deleting, editing, states
from community.comments.models import Comment
from community.comments.reading import Conversation
from tests import factories

Status = Comment.Status
ANY_STATUS = st.sampled_from([Status.PENDING, Status.APPROVED, Status.SPAM, Status.REMOVED])
SHAPE = st.lists(st.tuples(st.integers(0, 30), ANY_STATUS), max_size=40)
ACTS = st.lists(
    st.tuples(st.integers(0, 30), ANY_STATUS | st.sampled_from(["edit", "delete"])), max_size=40
)


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


def carry_out(comment, act):
    """Let an editor or the writer act; return the status that ``comment`` has then."""
    comment = Comment.objects.get(pk=comment.pk)
    now = timezone.now()
    if act == "delete":
        deleting.delete(comment, now=now)
    elif act == "edit":
        with contextlib.suppress(editing.TooLate):
            editing.edit(comment, text=f"Gewijzigd om {now}", now=now)
    else:
        states.change(comment, to=act, now=now)
    return Comment.objects.get(pk=comment.pk).status


class TestCountersOfAnyConversation(TestCase):
    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(shape=SHAPE, acts=ACTS)
    def test_equal_a_recount_and_touch_no_other_comment(self, shape, acts):
        page = factories.BlogPageFactory()
        comments = grow(page, shape)
        expected = {comment.pk: comment.status for comment in comments}

        for number, act in acts:
            if number < len(comments):
                expected[comments[number].pk] = carry_out(comments[number], act)

        assert dict(Comment.objects.on(page).values_list("pk", "status")) == expected
        kept = dict(Comment.objects.on(page).values_list("pk", "thread_count"))
        counters.recount(Comment.objects.on(page))
        assert dict(Comment.objects.on(page).values_list("pk", "thread_count")) == kept
        visible = list(expected.values()).count(Status.APPROVED)
        assert Conversation(page).count == visible
