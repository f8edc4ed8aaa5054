from datetime import timedelta

import pytest
from django.utils import timezone

from community.comments import pipeline
from community.comments.pipeline import Verdict
from tests import factories
from tests.submissions import open_to, submission


@pytest.fixture
def post(db):
    return factories.BlogPageFactory()


class TestJudge:
    def test_asks_in_the_order_that_was_promised(self):
        asked = [judge.__name__ for judge in pipeline.JUDGES]

        assert asked == [
            "repeat",
            "staff",
            "trap",
            "block_rules",
            "links",
            "spam_score",
            "standing",  # history, then first-timer
            "mode",
        ]

    def test_lets_everything_wait_unless_the_section_says_otherwise(self, post):
        assert pipeline.judge(submission(post)).verdict == Verdict.HOLD

    def test_lets_a_moderator_through(self, post):
        moderator = factories.UserFactory(moderator=True)

        assert pipeline.judge(submission(post, user=moderator)).phase == "staff"

    def test_lets_who_is_known_through_where_only_newcomers_wait(self, post):
        post = open_to(post, "first")
        assert pipeline.judge(submission(post)).phase == "first_timer"

        for _ in range(2):
            factories.comment(post, email="Noor@Example.org")

        assert pipeline.judge(submission(post)).verdict == Verdict.APPROVE

    def test_lets_anyone_through_where_nothing_waits(self, post):
        assert pipeline.judge(submission(open_to(post, "none"))).verdict == Verdict.APPROVE

    def test_holds_who_was_refused_of_late(self, post):
        post = open_to(post, "none")
        factories.comment(post, email="noor@example.org", status="rejected")

        decision = pipeline.judge(submission(post))

        assert (decision.verdict, decision.phase) == (Verdict.HOLD, "history")
        assert decision.evidence["refused"] == 1

    def test_holds_nobody_for_what_a_stranger_sent_under_their_address(self, post):
        post = open_to(post, "none")
        factories.comment(post, email="noor@example.org", status="spam")

        assert pipeline.judge(submission(post)).verdict == Verdict.APPROVE

    def test_holds_a_member_for_spam(self, post):
        post, member = open_to(post, "none"), factories.UserFactory()
        factories.comment(post, user=member, email=member.email, status="spam")

        decision = pipeline.judge(submission(post, user=member, email=member.email))

        assert (decision.phase, decision.evidence["refused"]) == ("history", 1)

    def test_trusts_nobody_for_what_a_stranger_sent_under_their_address(self, post):
        post = open_to(post, "first")
        for _ in range(2):
            factories.comment(post, email="noor@example.org", confirmed_at=None)

        assert pipeline.judge(submission(post)).phase == "first_timer"

    def test_forgets_a_refusal_after_ninety_days(self, post):
        post = open_to(post, "none")
        long_ago = timezone.now() - timedelta(days=91)
        factories.comment(post, email="noor@example.org", status="rejected", at=long_ago)

        assert pipeline.judge(submission(post)).verdict == Verdict.APPROVE

    def test_holds_many_links(self, post):
        text = " ".join(f"https://example.org/{n}" for n in range(3))

        decision = pipeline.judge(submission(open_to(post, "none"), text=text))

        assert (decision.phase, decision.evidence["links"]) == ("links", 3)

    def test_holds_words_that_were_sent_before(self, post):
        post = open_to(post, "none")
        factories.comment(post, text="Een gewone reactie")

        assert pipeline.judge(submission(post)).phase == "repeat"

    def test_forgets_words_that_were_sent_a_day_ago(self, post):
        post = open_to(post, "none")
        yesterday = timezone.now() - timedelta(hours=25)
        factories.comment(post, text="Een gewone reactie", at=yesterday)

        assert pipeline.judge(submission(post)).verdict == Verdict.APPROVE

    def test_takes_a_filled_trap_for_spam(self, post):
        assert pipeline.judge(submission(post, is_trapped=True)).verdict == Verdict.SPAM


class TestFindings:
    def test_are_all_kept_in_order_beside_what_decided(self, post):
        factories.comment(post, email="noor@example.org", status="rejected")
        text = " ".join(f"https://example.org/{n}" for n in range(3))
        factories.comment(post, text=text)

        evidence = pipeline.judge(submission(post, text=text)).evidence

        assert (evidence["verdict"], evidence["phase"], evidence["repeats"]) == (
            "hold",
            "repeat",
            1,
        )
        assert evidence["findings"] == [
            {"verdict": "hold", "phase": "repeat", "repeats": 1},
            {"verdict": "hold", "phase": "links", "links": 3},
            {"verdict": "hold", "phase": "history", "refused": 1},
            {"verdict": "hold", "phase": "mode"},
        ]

    def test_of_spam_outweigh_what_an_editor_would_read_first(self, post):
        factories.comment(post, text="Een gewone reactie")

        decision = pipeline.judge(submission(post, is_trapped=True))

        assert (decision.verdict, decision.phase) == (Verdict.SPAM, "trap")
        assert decision.evidence["trapped"] is True
        assert decision.evidence["findings"][0]["phase"] == "repeat"

    def test_end_with_who_needs_no_editor(self, post):
        factories.comment(post, text="Een gewone reactie")
        moderator = factories.UserFactory(moderator=True)

        decision = pipeline.judge(submission(post, user=moderator))

        assert (decision.verdict, decision.phase) == (Verdict.APPROVE, "staff")
        assert [found["phase"] for found in decision.evidence["findings"]] == ["repeat", "staff"]

    def test_are_none_where_there_is_no_doubt(self, post):
        evidence = pipeline.judge(submission(open_to(post, "none"))).evidence

        assert evidence == {"verdict": "approve", "phase": "mode", "findings": []}
