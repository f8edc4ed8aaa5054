import pytest

from community.comments.spam import learning
from tests import spam


@pytest.fixture(scope="module")
def examples():
    return [learning.example(text, is_spam=is_spam) for text, is_spam in spam.texts()]


class TestLearn:
    def test_holds_nothing_that_is_not_surely_spam(self, examples):
        learned = learning.learn(examples)

        assert 0.75 <= learned.threshold < 1
        assert not any(
            learned.score(each.vector) > learned.threshold for each in examples if not each.is_spam
        )

    def test_holds_less_where_good_texts_look_like_spam(self, examples):
        confusing = [
            learning.example(f"{bad} Dit is een grap.", is_spam=False)
            for bad in ("Abonneer je op mijn kanaal!!!", "Bekijk mijn webshop voor korting")
        ]

        assert learning.learn(examples + confusing).threshold > learning.learn(examples).threshold

    def test_says_which_part_of_the_spam_it_finds_unseen(self, examples):
        assert 0.5 < learning.learn(examples).recall <= 1

    def test_counts_the_same_text_once(self, examples):
        assert learning.learn(examples * 3) == learning.learn(examples)

    def test_shows_how_far_it_is(self, examples):
        seen = []

        learning.learn(examples, progress=lambda steps, total: (seen.append(total), *steps)[1:])

        assert seen == [learning.FOLDS]

    @pytest.mark.parametrize("kind", [True, False])
    def test_needs_both_kinds(self, examples, kind):
        with pytest.raises(learning.OneKindOnly):
            learning.learn([each for each in examples if each.is_spam == kind])

    def test_learns_from_very_few(self):
        few = [learning.example("Goed", is_spam=False), learning.example("Koop", is_spam=True)]

        assert learning.learn(few).score(few[1].vector) > learning.learn(few).score(few[0].vector)
