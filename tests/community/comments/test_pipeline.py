from datetime import timedelta

import pytest
from django.utils import timezone

from community.comments import pipeline
from community.comments.pipeline import Submission, Verdict
from tests import factories


@pytest.fixture
def post(db):
    return factories.BlogPageFactory()


def submission(page, **changes) -> Submission:
    defaults = {
        "page": page,
        "text": "Een gewone reactie",
        "name": "Noor",
        "email": "noor@example.org",
        "language": "nl",
        "now": timezone.now(),
    }
    return Submission(**{**defaults, **changes})


def open_to(page, mode: str):
    """Let the section of ``page`` hold less back."""
    section = page.get_parent().specific
    section.moderation_mode = mode
    section.save()
    return type(page).objects.get(pk=page.pk)


class TestAdmit:
    def test_lets_an_ordinary_comment_in(self, post):
        pipeline.admit(submission(post))

    @pytest.mark.parametrize("changes", [{"comments_mode": "closed"}, {"live": False}])
    def test_turns_away_what_comes_to_a_closed_page(self, db, changes):
        with pytest.raises(pipeline.Closed):
            pipeline.admit(submission(factories.BlogPageFactory(**changes)))

    def test_turns_away_what_comes_after_the_days_of_the_section(self, post):
        section = post.get_parent().specific
        section.comments_days = 14
        section.save()
        published = timezone.now()
        post = factories.BlogPageFactory(first_published_at=published)

        pipeline.admit(submission(post))
        closes_at = post.conversation_rules.closes_at

        assert closes_at == published + timedelta(days=14)
        assert not post.conversation_rules.is_open(closes_at)
        assert post.conversation_rules.is_open(closes_at - timedelta(seconds=1))

    def test_turns_away_what_is_too_long(self, post):
        with pytest.raises(pipeline.Refused):
            pipeline.admit(submission(post, text="x" * 3001))

    def test_turns_away_more_than_one_person_can_write(self, post):
        for _ in range(20):
            factories.comment(post, email="noor@example.org", at=timezone.now())

        with pytest.raises(pipeline.TooFast):
            pipeline.admit(submission(post))
        pipeline.admit(submission(post, email="ander@example.org"))
        pipeline.admit(submission(post, now=timezone.now() + timedelta(minutes=11)))

    def test_turns_away_more_than_one_network_can_write(self, post):
        for _ in range(60):
            factories.comment(post, network_key="a" * 32, at=timezone.now())

        with pytest.raises(pipeline.TooFast):
            pipeline.admit(submission(post, network_key="a" * 32))
        pipeline.admit(submission(post, network_key="b" * 32))
        pipeline.admit(submission(post, network_key=""))


class TestJudge:
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

    def test_takes_a_filled_trap_for_spam(self, post):
        assert pipeline.judge(submission(post, is_trapped=True)).verdict == Verdict.SPAM

    def test_says_no_rule_to_the_writer(self, post):
        for refused in (pipeline.Closed(), pipeline.ParentGone(), pipeline.TooFast()):
            assert refused.message
            assert refused.phase not in refused.message
