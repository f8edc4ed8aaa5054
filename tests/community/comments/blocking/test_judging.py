from datetime import timedelta

import pytest
from django.utils import timezone

from community.comments.models import BlockRule
from community.comments.pipeline import Submission, Verdict, editors
from tests import factories


@pytest.fixture
def post(db):
    return factories.BlogPageFactory()


def submission(page, text: str = "Kom naar het casino", **changes) -> Submission:
    defaults = {
        "page": page,
        "text": text,
        "name": "Noor",
        "email": "noor@example.org",
        "language": "nl",
        "now": timezone.now(),
    }
    return Submission(**{**defaults, **changes})


class TestBlockRules:
    @pytest.mark.parametrize(("act", "verdict"), [("hold", Verdict.HOLD), ("spam", Verdict.SPAM)])
    def test_send_a_comment_where_the_rule_says(self, post, act, verdict):
        rule = factories.BlockRuleFactory(pattern="casino", act=act)

        decision = editors.block_rules(submission(post))

        assert decision.verdict == verdict
        assert decision.finding == {
            "verdict": verdict,
            "phase": "block_rules",
            "rule": rule.pk,
            "rule_kind": "word",
            "matched": ["casino"],
        }

    def test_have_nothing_to_say_about_other_comments(self, post):
        factories.BlockRuleFactory(pattern="casino")

        assert editors.block_rules(submission(post, "Een gewone reactie")) is None

    def test_count_each_rule_that_matched(self, post):
        factories.BlockRuleFactory(pattern="casino", act="spam")
        factories.BlockRuleFactory(kind="address", pattern="@example.org")
        factories.BlockRuleFactory(pattern="bonus")

        editors.block_rules(submission(post))

        assert list(BlockRule.objects.order_by("pk").values_list("hits", flat=True)) == [1, 1, 0]

    def test_that_have_ended_do_nothing(self, post):
        factories.BlockRuleFactory(pattern="casino", until=timezone.now() + timedelta(days=1))
        later = timezone.now() + timedelta(days=2)

        assert editors.block_rules(submission(post, now=later)) is None
        assert BlockRule.objects.get().hits == 0

    def test_know_the_network_of_a_comment_until_it_is_forgotten(self, post):
        factories.BlockRuleFactory(kind="network", pattern="", key="a" * 32)

        assert editors.block_rules(submission(post, network_key="a" * 32))
        assert editors.block_rules(submission(post, network_key="")) is None

    def test_cost_one_query_where_nothing_matches(self, post, count_queries):
        factories.BlockRuleFactory.create_batch(10)

        assert count_queries(lambda: editors.block_rules(submission(post, "Mooi"))) == 1
