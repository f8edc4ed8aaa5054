import pytest

from community.comments.spam import classifier, learning
from community.comments.spam.classifier import Classifier
from tests import spam


@pytest.fixture(scope="module")
def examples():
    return [learning.example(text, is_spam=is_spam) for text, is_spam in spam.texts()]


def margin(known: Classifier, text: str) -> float:
    return known.margin(learning.example(text, is_spam=False).vector)


class TestFit:
    def test_tells_apart_what_it_learned_from(self, examples):
        known = classifier.fit(examples)

        assert all((known.margin(each.vector) > 0) == each.is_spam for each in examples)

    def test_tells_apart_what_it_never_saw(self, examples):
        known = classifier.fit(examples)

        assert margin(known, "Bestel gratis op https://nieuw.example") > 0
        assert margin(known, "Wie beheert de sensoren bij jullie?") < 0

    def test_learns_the_same_from_the_same(self, examples):
        assert classifier.fit(examples) == classifier.fit(examples)

    def test_learns_beyond_what_was_known(self, examples):
        prior = classifier.fit(examples)
        local = [learning.example("Kom naar de pannenkoeken", is_spam=True)] * 5
        local += [learning.example("Kom naar het overleg", is_spam=False)] * 5

        known = classifier.fit(local, prior)

        assert margin(known, "Kom naar de pannenkoeken") > margin(prior, "Kom naar de pannenkoeken")
        assert margin(known, "Gratis geld verdienen? https://snel.example/geld") > 0

    def test_of_nothing_is_undecided(self):
        known = classifier.fit([])

        assert margin(known, "Gratis geld") == 0
        assert classifier.probability(0) == 0.5


class TestProbability:
    @pytest.mark.parametrize("margin", [-1e9, -1, 0, 1, 1e9])
    def test_lies_between_nothing_and_one(self, margin):
        assert 0 < classifier.probability(margin) <= 1


class TestPack:
    def test_keeps_what_was_learned(self, examples):
        known = classifier.fit(examples)

        again = Classifier.unpack(known.pack())

        text = "Bekijk mijn webshop"
        assert margin(again, text) == pytest.approx(margin(known, text), abs=1e-4)

    def test_holds_no_word_of_the_texts(self, examples):
        packed = classifier.fit(examples).pack()

        assert b"webshop" not in packed
        assert len(packed) < 50_000

    def test_of_nothing_is_nothing(self):
        assert Classifier.unpack(Classifier().pack()) == Classifier()
