import pytest
from django.utils import timezone

from community.comments.pipeline import Submission, Verdict
from community.comments.pipeline.spam import spam_score
from community.comments.spam import scoring
from tests import factories, spam

SPAM = "Gratis geld verdienen? Klik hier: https://snel.example/geld"


@pytest.fixture
def post(db):
    return factories.BlogPageFactory()


def submission(page, text: str) -> Submission:
    return Submission(
        page=page,
        text=text,
        name="Noor",
        email="noor@example.org",
        language="nl",
        now=timezone.now(),
    )


class TestSpamScore:
    def test_has_no_opinion_without_training(self, post):
        assert spam_score(submission(post, SPAM)) is None

    def test_takes_spam_for_spam_and_says_why(self, post):
        model = spam.train()

        decision = spam_score(submission(post, SPAM))

        assert decision.verdict == Verdict.SPAM
        assert decision.evidence["spam_score"] > model.threshold
        assert "gratis" in decision.evidence["spam_words"]
        assert decision.evidence["spam_version"] == model.version

    def test_has_no_opinion_about_an_ordinary_comment(self, post):
        spam.train()

        assert spam_score(submission(post, "Wie beheert de sensoren bij jullie?")) is None

    def test_costs_one_query(self, post, count_queries):
        spam.train()

        assert count_queries(lambda: spam_score(submission(post, SPAM))) == 1

    def test_leaves_evidence_that_can_be_stored(self, post):
        spam.train()
        words = scoring.score(f"{SPAM}\u202e\ud800 gra\x00tis").reasons

        comment = factories.comment(post, status="spam", evidence={"spam_words": words})

        comment.refresh_from_db()
        assert comment.evidence["spam_words"] == list(words) != []
