from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.utils import timezone

from community.comments.blocking import rules
from community.comments.models import BlockRule
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return factories.UserFactory(moderator=True)


class TestSave:
    def test_stores_a_new_rule_as_its_makers(self, editor):
        note = rules.save(BlockRule(kind="word", pattern="casino", reason="Reclame"), by=editor)

        stored = BlockRule.objects.get()
        assert stored.owner == editor
        assert "casino" in note
        assert "Reclame" in note

    def test_leaves_the_owner_and_the_hits_of_a_rule_as_they_are(self, editor):
        rule = factories.BlockRuleFactory()
        BlockRule.objects.update(hits=5)
        rule.pattern = "anders"

        rules.save(rule, by=editor)

        rule.refresh_from_db()
        assert (rule.pattern, rule.hits) == ("anders", 5)
        assert rule.owner != editor

    def test_refuses_a_second_rule_for_the_same(self, editor):
        factories.BlockRuleFactory(pattern="casino")

        with pytest.raises(IntegrityError):
            rules.save(BlockRule(kind="word", pattern="casino", reason="Weer"), by=editor)


class TestEnd:
    def test_is_harmless_twice(self):
        rule, now = factories.BlockRuleFactory(), timezone.now()

        rules.end(rule, now=now)
        rules.end(rule, now=now + timedelta(hours=1))

        assert BlockRule.objects.get().until == now


class TestDelete:
    def test_says_how_often_it_was_hit(self):
        note = rules.delete(factories.BlockRuleFactory(pattern="casino", hits=12))

        assert not BlockRule.objects.exists()
        assert "casino" in note
        assert "12" in note


class TestTheDatabase:
    @pytest.mark.parametrize("wrong", [{"reason": ""}, {"pattern": "", "key": ""}])
    def test_keeps_no_rule_without_a_pattern_or_a_reason(self, wrong):
        with pytest.raises(IntegrityError):
            factories.BlockRuleFactory(**wrong)

    def test_keeps_a_rule_whose_owner_left(self):
        rule = factories.BlockRuleFactory()

        rule.owner.delete()

        assert BlockRule.objects.get().owner is None
