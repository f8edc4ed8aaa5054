from datetime import timedelta

import pytest
from django.test import RequestFactory
from django.utils import timezone

from community.comments.blocking import looking_back
from community.comments.models import BlockRule, Comment
from core import networks
from tests import factories

pytestmark = pytest.mark.django_db


def what(rule: BlockRule, **options) -> looking_back.LookBack:
    return looking_back.what(rule, now=timezone.now(), **options)


@pytest.fixture
def rule() -> BlockRule:
    return BlockRule(kind="word", pattern="casino")


class TestLookingBack:
    def test_counts_by_state_what_the_rule_would_have_caught(self, rule):
        page = factories.BlogPageFactory()
        for status in ["approved", "approved", "pending", "spam"]:
            factories.comment(page, status=status, text=f"Het casino, {status}")
        factories.comment(page, text="Iets anders")

        found = what(rule)

        assert found.counts == {"approved": 2, "pending": 1, "spam": 1}
        assert (found.total, found.looked_at, found.is_whole) == (4, 5, True)
        assert sum(number for _label, number in found.by_status) == 4

    def test_shows_the_newest_twenty_with_their_words_marked(self, rule):
        page, now = factories.BlogPageFactory(), timezone.now()
        for number in range(25):
            at = now - timedelta(hours=number + 1)
            factories.comment(page, at=at, text=f"Nummer {number} gaat naar het Casino.")

        found = what(rule)

        assert (found.total, len(found.caught)) == (25, 20)
        assert found.caught[0].parts == [
            ("Nummer 0 gaat naar het ", False),
            ("Casino", True),
            (".", False),
        ]

    def test_looks_no_further_back_than_ninety_days(self, rule):
        page, now = factories.BlogPageFactory(), timezone.now()
        factories.comment(page, text="casino", at=now - timedelta(days=89))
        factories.comment(page, text="casino", at=now - timedelta(days=91))

        assert what(rule).total == 1

    def test_says_when_there_were_more_than_it_looks_at(self, rule):
        page = factories.BlogPageFactory()
        for _ in range(3):
            factories.comment(page)

        assert what(rule, most=3).is_whole
        found = what(rule, most=2)
        assert (found.looked_at, found.is_whole) == (2, False)

    def test_says_when_its_time_was_over(self, rule):
        factories.comment(text="casino")

        found = what(rule, longest=-1)

        assert (found.looked_at, found.is_whole) == (0, False)

    def test_changes_nothing(self, rule):
        stored = factories.BlockRuleFactory(pattern="casino")
        factories.comment(text="casino")

        what(stored)

        stored.refresh_from_db()
        assert stored.hits == 0
        assert Comment.objects.get().status == "approved"

    def test_of_a_hundred_costs_as_many_queries_as_of_one(self, rule, count_queries):
        page = factories.BlogPageFactory()
        factories.comment(page, text="casino")
        one = count_queries(lambda: what(rule))
        for _ in range(99):
            factories.comment(page, text="casino")

        assert count_queries(lambda: what(rule)) == one == 1

    def test_works_for_an_address_and_a_domain_as_well(self):
        factories.comment(email="jan@example.org", text="Zie https://speel.example/")

        assert what(BlockRule(kind="address", pattern="@example.org")).total == 1
        assert what(BlockRule(kind="domain", pattern="speel.example")).total == 1


class TestLookingBackAtANetwork:
    @staticmethod
    def comment(address: str, *, days_ago: float = 0, **kwargs) -> Comment:
        """Return a comment that was sent from ``address``, as long as that is known."""
        at = timezone.now() - timedelta(days=days_ago)
        request = RequestFactory().get("/", REMOTE_ADDR=address)
        return factories.comment(at=at, network_key=networks.key(request, day=at.date()), **kwargs)

    @pytest.mark.parametrize("pattern", ["203.0.113.0/24", "203.0.112.0/22", "203.0.113.9/32"])
    def test_counts_and_shows_what_came_from_it(self, pattern):
        self.comment("203.0.113.9", text="Van hier")
        self.comment("203.0.113.200", days_ago=1, text="Van hier, gisteren", status="spam")
        self.comment("198.51.100.4", text="Van elders")
        factories.comment(text="Van wie weet waar")

        found = what(BlockRule(kind="network", pattern=pattern))

        assert found.counts == {"approved": 1, "spam": 1}
        assert [one.parts[0][0] for one in found.caught] == ["Van hier", "Van hier, gisteren"]
        assert found.days == 2

    def test_of_one_comment_counts_the_others_of_that_day(self):
        key = self.comment("203.0.113.9").network_key
        self.comment("203.0.113.200")
        self.comment("198.51.100.4")

        assert what(BlockRule(kind="network", key=key)).total == 2

    def test_looks_no_further_back_than_networks_are_kept(self):
        self.comment("203.0.113.9", days_ago=1.9)
        self.comment("203.0.113.9", days_ago=2.1)

        assert what(BlockRule(kind="network", pattern="203.0.113.0/24")).total == 1

    def test_finds_networks_of_ipv6(self):
        self.comment("2001:db8:1:2::9")

        assert what(BlockRule(kind="network", pattern="2001:db8:1::/56")).total == 1
        assert what(BlockRule(kind="network", pattern="2001:db8:2::/56")).total == 0

    @pytest.mark.parametrize(
        ("pattern", "known_as"),
        [("203.0.113.9/32", "203.0.113.0/24"), ("203.0.113.0/24", ""), ("203.0.112.0/22", "")],
    )
    def test_says_what_a_smaller_one_is_known_as(self, pattern, known_as):
        assert what(BlockRule(kind="network", pattern=pattern)).known_as == known_as

    @pytest.mark.parametrize(
        ("pattern", "is_possible"),
        [("10.0.0.0/8", True), ("2001:db8::/48", True), ("2001:db8::/47", False)],
    )
    def test_is_possible_where_a_second_is_enough(self, pattern, is_possible):
        rule = BlockRule(kind="network", pattern=pattern)

        assert looking_back.is_possible(rule) is is_possible

    def test_of_a_hundred_costs_as_many_queries_as_of_one(self, count_queries):
        rule = BlockRule(kind="network", pattern="203.0.113.0/24")
        page = factories.BlogPageFactory()
        self.comment("203.0.113.9", page=page)
        one = count_queries(lambda: what(rule))
        for _ in range(99):
            self.comment("203.0.113.9", page=page)

        assert count_queries(lambda: what(rule)) == one == 1


class TestParts:
    def test_leave_out_what_stands_far_from_the_match(self):
        text = "a" * 500 + "casino" + "b" * 500

        parts = looking_back.parts(text, [(500, 506)])

        assert [piece for piece, is_marked in parts if is_marked] == ["casino"]
        assert parts[0] == parts[-1] == ("…", False)
        assert sum(len(piece) for piece, _ in parts) < 350

    def test_without_a_match_are_the_first_words(self):
        assert looking_back.parts("Een kort stuk", []) == [("Een kort stuk", False)]

    def test_of_matches_that_overlap_hold_each_letter_once(self):
        parts = looking_back.parts("abcdef", [(0, 3), (1, 4), (3, 5)])

        assert "".join(piece for piece, _ in parts) == "abcdef"
