import time
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from community.comments.models import SpamModel
from community.comments.spam import learning, scoring
from tests import spam

SPAM = "Gratis geld verdienen? Klik hier: https://snel.example/geld"
GOOD = "Wie beheert de sensoren bij jullie?"


class TestScoreWithoutTraining:
    def test_has_no_opinion_and_holds_nothing(self, db):
        score = scoring.score(SPAM)

        assert (score.value, score.held, score.reasons, score.version) == (None, False, (), None)

    def test_is_known_to_be_without(self, db):
        assert scoring.state() is None


class TestScore:
    def test_holds_spam_and_says_by_which_words(self, db):
        model = spam.train()

        score = scoring.score(SPAM)

        assert score.held
        assert model.threshold < score.value <= 1
        assert {"gratis", "snel.example"} & set(score.reasons)
        assert score.version == model.version

    def test_lets_an_ordinary_comment_be(self, db):
        spam.train()

        score = scoring.score(GOOD)

        assert not score.held
        assert 0 <= score.value < 0.5

    def test_costs_one_query(self, db, count_queries):
        spam.train()

        assert count_queries(lambda: scoring.score(SPAM)) == 1

    def test_follows_the_newest_version_at_once(self, db):
        spam.train()
        assert scoring.score(SPAM).held

        newest = spam.train()

        assert scoring.score(SPAM).version == newest.version

    def test_has_no_opinion_any_more_when_every_version_is_gone(self, db):
        spam.train()
        scoring.score(SPAM)

        SpamModel.objects.all().delete()

        assert scoring.score(SPAM).value is None

    @pytest.mark.parametrize(
        "text", ["", "\x00", "\ud800\udfff", "\u202e\u2066" * 99, "🍕" * 999, "\u0301" * 999]
    )
    def test_stays_a_score_for_hostile_texts(self, db, text):
        spam.train()

        assert 0 <= scoring.score(text).value <= 1


class TestJudge:
    @settings(deadline=None)
    @given(st.text(st.characters(codec=None, exclude_categories=[]), max_size=300))
    def test_gives_anything_a_score_with_words_that_can_be_stored(self, text):
        score = judge().score(text)

        assert 0 <= score.value <= 1
        assert all("\x00" not in word and word.encode() for word in score.reasons)

    @pytest.mark.parametrize("unit", ["a", "a ", "gratis ", "a.com ", "<a ", "abcd efg! "])
    def test_takes_time_in_proportion_to_the_text(self, unit):
        text = unit * (100_000 // len(unit))
        judge()
        began = time.process_time()

        judge().score(text)

        assert time.process_time() - began < 1


@cache
def judge() -> scoring.Judge:
    examples = [learning.example(text, is_spam=is_spam) for text, is_spam in spam.texts()]
    learned = learning.learn(examples)
    return scoring.Judge(1, learned.threshold, learned.classifier)
