from datetime import timedelta

import pytest
from django.utils import timezone

from community.comments import states
from community.comments.models import Comment, SpamModel
from community.comments.spam import scoring
from community.moderation import decisions, learning, tasks
from tests import factories

pytestmark = pytest.mark.django_db

Status = Comment.Status
SPAM = "Pannenkoeken in zaal negen, kom eten"
PLACES = [f"{one}{two}dorp" for one in "bdfh" for two in "aeiou"]


@pytest.fixture
def post():
    return factories.BlogPageFactory()


@pytest.fixture
def moderator():
    return factories.UserFactory(moderator=True)


def waiting(post, text: str) -> Comment:
    return factories.comment(post, status="pending", text=text, at=timezone.now())


def good(post, moderator, *, count: int = 20) -> list[Comment]:
    """Let an editor approve that many comments."""
    comments = [waiting(post, f"Hoe ging de proef in {place}?") for place in PLACES[:count]]
    for comment in comments:
        decisions.approve(comment, by=moderator)
    return comments


def bad(post) -> list[Comment]:
    return [waiting(post, f"Pannenkoeken in zaal {place}, kom eten") for place in PLACES]


class TestLearn:
    def test_takes_over_what_editors_decided(self, post, moderator):
        good(post, moderator)
        for comment in bad(post):
            decisions.mark_spam(comment, by=moderator)

        model = learning.learn(now=timezone.now())

        assert (model.ham, model.spam, model.source) == (20, 20, "decisions")
        assert scoring.score(SPAM).held
        assert not scoring.score("Hoe ging de proef bij jullie?").held

    def test_takes_a_refusal_for_advertising_for_spam(self, post, moderator):
        good(post, moderator)
        for comment in bad(post):
            decisions.reject(comment, by=moderator, reason="advertising")

        assert learning.learn(now=timezone.now()).spam == 20

    def test_takes_a_refusal_for_another_reason_for_nothing(self, post, moderator):
        good(post, moderator)
        for comment in bad(post):
            decisions.reject(comment, by=moderator, reason="off_topic")

        assert learning.learn(now=timezone.now()) is None

    def test_learns_nothing_from_fewer_than_twenty(self, post, moderator):
        good(post, moderator, count=19)
        for comment in bad(post):
            decisions.mark_spam(comment, by=moderator)

        assert learning.learn(now=timezone.now()) is None
        assert scoring.state() is None

    def test_learns_nothing_from_what_software_decided(self, post, moderator):
        good(post, moderator)
        for comment in bad(post):
            states.change(comment, to=Status.SPAM, now=timezone.now())

        assert learning.learn(now=timezone.now()) is None

    def test_believes_the_last_decision(self, post, moderator):
        good(post, moderator)
        for comment in bad(post):
            decisions.mark_spam(comment, by=moderator)
            decisions.approve(comment, by=moderator)

        assert learning.learn(now=timezone.now()) is None

    def test_forgets_decisions_after_a_year(self, post, moderator):
        good(post, moderator)
        for comment in bad(post):
            decisions.mark_spam(comment, by=moderator)
        in_a_year = timezone.now() + timedelta(days=366)

        assert learning.learn(now=in_a_year) is None

    def test_passes_over_texts_that_nobody_judged(self, post, moderator):
        for comment in bad(post):
            decisions.mark_spam(comment, by=moderator)
        approved = good(post, moderator)
        later = timezone.now() + timedelta(minutes=1)
        Comment.objects.filter(pk=approved[0].pk).update(edited_at=later)

        assert learning.learn(now=timezone.now()) is None

    def test_reads_a_handful_of_rows_however_many_there_are(
        self, post, moderator, django_assert_max_num_queries
    ):
        good(post, moderator)
        for comment in bad(post):
            decisions.mark_spam(comment, by=moderator)

        with django_assert_max_num_queries(12):
            learning.learn(now=timezone.now())


class TestLearnSpam:
    def test_makes_a_version_a_night_at_most(self, post, moderator):
        good(post, moderator)
        for comment in bad(post):
            decisions.mark_spam(comment, by=moderator)

        tasks.learn_spam()
        tasks.learn_spam()

        assert SpamModel.objects.count() == 1
