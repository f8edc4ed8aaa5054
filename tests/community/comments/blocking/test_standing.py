import logging
from datetime import timedelta

import pytest
from django.utils import timezone

from community.comments.blocking import rules, standing
from community.comments.models import BlockRule
from tests import factories

pytestmark = pytest.mark.django_db


def patterns(**options) -> list[str]:
    now = options.pop("now", timezone.now())
    return [one.rule.pattern for one in standing.rules(now=now)]


class TestTheRulesThatStand:
    def test_are_those_to_the_spam_and_then_the_oldest(self):
        factories.BlockRuleFactory(pattern="eerste")
        factories.BlockRuleFactory(pattern="tweede", act="spam")
        factories.BlockRuleFactory(pattern="derde")

        assert patterns() == ["tweede", "eerste", "derde"]

    def test_do_nothing_from_their_end_on(self):
        now = timezone.now()
        factories.BlockRuleFactory(pattern="tijdelijk", until=now)

        assert patterns(now=now - timedelta(seconds=1)) == ["tijdelijk"]
        assert patterns(now=now) == []

    def test_cost_one_query_as_long_as_nothing_changes(self, django_assert_num_queries):
        factories.BlockRuleFactory.create_batch(10)
        patterns()

        with django_assert_num_queries(1):
            assert len(patterns()) == 10

    def test_follow_each_change_at_once(self):
        editor = factories.UserFactory()
        rule = BlockRule(kind="word", pattern="eerst", reason="Daarom")

        rules.save(rule, by=editor)
        assert patterns() == ["eerst"]
        rule.pattern = "later"
        rules.save(rule, by=editor)
        assert patterns() == ["later"]
        rules.end(rule, now=timezone.now())
        assert patterns() == []
        rules.delete(rule)
        assert patterns() == []

    def test_follow_a_change_that_was_begun_before_another_and_committed_after_it(self):
        early, late = factories.BlockRuleFactory(), factories.BlockRuleFactory()
        moment = timezone.now()
        BlockRule.objects.filter(pk=late.pk).update(updated_at=moment)
        patterns()

        early.pattern = "toch"
        rules.save(early, by=early.owner)
        BlockRule.objects.filter(pk=early.pk).update(updated_at=moment - timedelta(minutes=1))

        assert "toch" in patterns()

    def test_leave_out_what_cannot_be_searched_and_say_so(self, caplog):
        factories.BlockRuleFactory(kind="expression", pattern="(")
        factories.BlockRuleFactory(kind="network", pattern="onzin")
        factories.BlockRuleFactory(pattern="goed")

        with caplog.at_level(logging.ERROR):
            assert patterns() == ["goed"]

        assert len(caplog.records) == 2
