import pytest

from community.comments.spam import classifier, explaining, features, learning
from tests import spam


@pytest.fixture(scope="module")
def known():
    examples = [learning.example(text, is_spam=is_spam) for text, is_spam in spam.texts()]
    return classifier.fit(examples)


def words(text: str, known) -> list[str]:
    return explaining.strongest_words(features.of(text), known)


class TestStrongestWords:
    def test_are_those_that_spam_had_and_good_texts_had_not(self, known):
        found = words("De sensoren en gratis geld in onze wijk", known)

        assert set(found[:2]) == {"gratis", "geld"}
        assert "sensoren" not in found

    def test_name_where_a_link_leads(self, known):
        assert "lening.example" in words("Zie www.lening.example", known)

    def test_are_five_at_most_and_each_once(self, known):
        found = words(
            "Bestel goedkope leningen, win gratis geld, klik hier, abonneer je! " * 3, known
        )

        assert len(found) == len(set(found)) == 5

    def test_hold_no_stand_in(self, known):
        assert (
            not set(words("Gratis 100 euro: https://snel.example/geld", known)) & features.STAND_INS
        )

    @pytest.mark.parametrize("text", ["", "Wie beheert de sensoren na de proef?"])
    def test_are_none_where_nothing_says_spam(self, known, text):
        assert words(text, known) == []
