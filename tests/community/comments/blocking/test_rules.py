from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.utils import timezone

from community.comments.blocking import rules
from community.comments.models import BlockRule
from community.comments.tasks import purge
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


class TestTheLineForTheLog:
    @pytest.mark.parametrize(
        ("kind", "pattern"),
        [
            ("address", "noor.van.dam@post.example"),
            ("address", "o'noor.van.dam@post.example"),
            ("address", f"noor.van.dam{'x' * 70}@post.example"),
            ("phrase", "mail noor.van.dam@post.example vandaag"),
        ],
    )
    def test_masks_an_address_and_names_the_rule(self, editor, kind, pattern):
        rule = BlockRule(kind=kind, pattern=pattern, reason="Reclame")

        made = rules.save(rule, by=editor)
        changed = rules.save(rule, by=editor)
        ended = rules.end(rule, now=timezone.now())
        number = f"(#{rule.pk})"
        deleted = rules.delete(rule)

        for line in [made, changed, ended, deleted]:
            assert "noor.van.dam" not in line
            assert "…@post.example" in line
            assert number in line

    @pytest.mark.parametrize(
        ("kind", "pattern"), [("address", "@post.example"), ("domain", "post.example")]
    )
    def test_shows_what_is_about_no_one_person_as_it_is(self, kind, pattern):
        line = rules.delete(factories.BlockRuleFactory(kind=kind, pattern=pattern))

        assert f": {pattern}," in line


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


class TestTheDailyTask:
    def test_forgets_the_networks_of_comments_and_nothing_else(self):
        now = timezone.now()
        old, new = now - timedelta(days=3), now - timedelta(days=1)
        for kind, pattern, key, until in [
            ("network", "", "a" * 32, old),
            ("network", "", "b" * 32, new),
            ("network", "203.0.113.0/24", "", old),
            ("address", "j…n@example.org", "c" * 32, old),
        ]:
            factories.BlockRuleFactory(kind=kind, pattern=pattern, key=key, until=until)

        purge()
        purge()

        assert set(BlockRule.objects.values_list("key", flat=True)) == {"b" * 32, "", "c" * 32}


class TestTheDatabase:
    @pytest.mark.parametrize("wrong", [{"reason": ""}, {"pattern": "", "key": ""}])
    def test_keeps_no_rule_without_a_pattern_or_a_reason(self, wrong):
        with pytest.raises(IntegrityError):
            factories.BlockRuleFactory(**wrong)

    def test_keeps_a_rule_whose_owner_left(self):
        rule = factories.BlockRuleFactory()

        rule.owner.delete()

        assert BlockRule.objects.get().owner is None
