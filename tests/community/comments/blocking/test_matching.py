import time
from datetime import timedelta

import pytest
from django.utils import timezone

from community.comments.blocking import matching
from community.comments.blocking.candidates import Candidate
from community.comments.models import BlockRule
from tests import factories
from tests.races import together

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def matches(candidate: Candidate) -> list[matching.Match]:
    return matching.matches(candidate, now=timezone.now())


class TestMatches:
    def test_name_each_rule_with_what_it_found(self):
        factories.BlockRuleFactory(pattern="casino")
        factories.BlockRuleFactory(pattern="gratis geld", kind="phrase", act="spam")

        first, second = matches(Candidate(typed="Gratis geld in het casino"))

        assert (first.rule.act, first.found.matched) == ("spam", ["Gratis geld"])
        assert (second.rule.act, second.found.matched) == ("hold", ["casino"])

    def test_keep_for_editors_which_rule_it_was_and_a_few_of_the_words(self):
        rule = factories.BlockRuleFactory(kind="expression", pattern="[a-z]{90}[0-9]?")

        [match] = matches(Candidate(typed=" ".join(letter * 90 for letter in "abcdefgh")))

        assert match.evidence["rule"] == rule.pk
        assert match.evidence["rule_kind"] == "expression"
        assert match.evidence["matched"] == [letter * 80 for letter in "abcde"]

    def test_leave_out_rules_that_have_ended(self):
        factories.BlockRuleFactory(pattern="casino", ended=True)

        assert matches(Candidate(typed="casino")) == []

    def test_with_two_hundred_rules_cost_no_more_than_a_few_milliseconds(self):
        for kind in ("word", "phrase", "expression", "domain", "address"):
            for number in range(40):
                pattern = f"woord{number}.example" if kind == "domain" else f"woord{number}"
                factories.BlockRuleFactory(kind=kind, pattern=pattern)
        candidate = Candidate(typed="Wat een goed stuk over de stad. " * 90, email="a@example.org")
        matches(candidate)

        started = time.process_time()
        for _ in range(10):
            matches(Candidate(typed=candidate.typed, email=candidate.email))

        assert (time.process_time() - started) / 10 < 0.05


class TestCount:
    def test_adds_to_what_is_stored_and_says_when(self):
        now = timezone.now()
        rule = factories.BlockRuleFactory(pattern="casino", hits=4)
        found = matches(Candidate(typed="casino"))
        BlockRule.objects.filter(pk=rule.pk).update(hits=10)

        matching.count(found, now=now)

        rule.refresh_from_db()
        assert (rule.hits, rule.last_hit_at) == (11, now)

    def test_makes_no_process_read_the_rules_anew(self, django_assert_num_queries):
        factories.BlockRuleFactory(pattern="casino")
        found = matches(Candidate(typed="casino"))

        matching.count(found, now=timezone.now())

        with django_assert_num_queries(1):
            assert matches(Candidate(typed="casino"))


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
class TestManyAtOnce:
    def test_lose_no_hit(self):
        factories.BlockRuleFactory(pattern="casino")
        factories.BlockRuleFactory(pattern="bonus", act="spam")
        found = matches(Candidate(typed="casino bonus"))

        together(8, lambda: [matching.count(found, now=timezone.now()) for _ in range(5)])

        assert set(BlockRule.objects.values_list("hits", flat=True)) == {40}


class TestNetworksMatching:
    @pytest.mark.parametrize(
        ("pattern", "address", "is_found"),
        [
            ("203.0.113.0/24", "203.0.113.9", True),
            ("203.0.113.0/24", "::ffff:203.0.113.9", True),
            ("203.0.113.0/24", "203.0.114.9", False),
            ("2001:db8::/48", "2001:db8:0:1::2", True),
            ("2001:db8::/48", "203.0.113.9", False),
            ("203.0.113.0/24", "", False),
            ("203.0.113.0/24", "unix:", False),
        ],
    )
    def test_finds_networks_that_the_address_is_in(self, pattern, address, is_found):
        rule = factories.BlockRuleFactory(kind="network", pattern=pattern)

        found = matching.networks_matching(address, "", now=timezone.now())

        assert found == ([rule.pk] if is_found else [])

    def test_finds_the_network_of_a_comment_by_its_key(self):
        rule = factories.BlockRuleFactory(kind="network", pattern="", key="a" * 32)

        for key, found in [("a" * 32, [rule.pk]), ("b" * 32, []), ("", [])]:
            assert matching.networks_matching("203.0.113.9", key, now=timezone.now()) == found

    def test_finds_no_rule_that_has_ended(self):
        now = timezone.now()
        factories.BlockRuleFactory(
            kind="network", pattern="203.0.113.0/24", until=now + timedelta(hours=1)
        )

        later = now + timedelta(hours=2)

        assert len(matching.networks_matching("203.0.113.9", "", now=now)) == 1
        assert matching.networks_matching("203.0.113.9", "", now=later) == []

    def test_costs_one_query_however_many_rules_there_are(self, count_queries):
        factories.BlockRuleFactory.create_batch(5, kind="word")
        factories.BlockRuleFactory(kind="network", pattern="203.0.113.0/24")

        def ask():
            return matching.networks_matching("203.0.113.9", "", now=timezone.now())

        assert count_queries(ask) == 1
