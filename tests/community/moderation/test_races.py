"""Two editors at once, thirty times each pair: one outcome, the other told, the log whole."""

import itertools
from collections import Counter

import pytest
from django.contrib.auth.models import Permission

from community.comments.models import Comment
from community.moderation import decisions
from community.moderation.models import Act
from tests import factories
from tests.races import together
from users.models import User

ROUNDS = 30
ACTS = {
    "approve": decisions.approve,
    "reject": lambda comment, by: decisions.reject(comment, by=by, reason="other"),
    "spam": decisions.mark_spam,
}
BECOMES = {"approve": "approved", "reject": "rejected", "spam": "spam"}


def editor(name: str) -> User:
    made = factories.UserFactory(username=name)
    made.user_permissions.set(Permission.objects.filter(codename="can_moderate"))
    return made


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
class TestTwoEditorsAtOnce:
    @pytest.mark.parametrize("pair", [*itertools.combinations_with_replacement(ACTS, 2)])
    def test_have_one_outcome_and_the_other_is_told(self, pair):
        editors = [editor("een"), editor("twee")]
        root = factories.comment()
        comments = [
            factories.comment(root.page.specific, parent=root, status="pending")
            for _ in range(ROUNDS)
        ]

        for comment in comments:
            seen = [Comment.objects.select_related("page").get(pk=comment.pk) for _ in pair]
            turns = iter(zip(pair, editors, seen, strict=True))

            def decide(turns=turns):
                act, by, as_seen = next(turns)
                return ACTS[act](as_seen, by=by)

            results = together(2, decide)

            done = [result for result in results if isinstance(result, Act)]
            told = [result for result in results if not isinstance(result, Act)]
            assert [type(result) for result in told] == [decisions.AlreadyHandled]
            assert told[0].act == done[0]

        statuses = Counter(Comment.objects.filter(level=1).values_list("status", flat=True))
        assert sum(statuses.values()) == Act.objects.count() == ROUNDS
        assert set(statuses) <= {BECOMES[act] for act in pair}
        assert Comment.objects.get(pk=root.pk).thread_count == 1 + statuses["approved"]
