import pytest

from community.comments import asking
from community.comments.models import BlockRule
from tests import factories

pytestmark = pytest.mark.django_db


class TestAsk:
    def test_answers_any_number_of_questions_in_one_query(self, django_assert_num_queries):
        factories.BlockRuleFactory(pattern="eerste", hits=3)
        factories.BlockRuleFactory(pattern="tweede", hits=4)
        rules = BlockRule.objects.order_by("-pk")

        with django_assert_num_queries(1):
            answers = asking.ask(
                {
                    "how_many": asking.count(rules),
                    "of_none": asking.count(rules.filter(hits=0)),
                    "hits": asking.total(rules, "hits"),
                    "latest": asking.first(rules, "pattern"),
                }
            )

        assert answers == {"how_many": 2, "of_none": 0, "hits": 7, "latest": "tweede"}

    def test_gives_nothing_for_the_sum_and_the_first_of_nothing(self):
        rules = BlockRule.objects.order_by("pk")

        answers = asking.ask({"hits": asking.total(rules, "hits"), "it": asking.first(rules, "pk")})

        assert answers == {"hits": None, "it": None}
