import pytest

from community.comments.spam import features


def names(text: str) -> set[str]:
    return {feature.name for feature in features.of(text)}


class TestOf:
    def test_sees_words_and_which_follow_on_which(self):
        found = names("Klik snel hier")

        assert {"word klik", "pair klik snel", "skip klik hier", "pair ^ klik"} <= found

    def test_sees_the_same_in_words_that_do_the_same_in_either_language(self):
        dutch, english = names("Bekijk mijn kanaal"), names("Watch my channel")

        assert {"opens asks", "near asks owns", "near owns places"} <= dutch & english

    def test_sees_groups_together_only_within_a_clause(self):
        assert "near asks places" not in names("Ik bezoek. Kanaal")

    def test_sees_part_of_an_unknown_word_in_one_that_it_knows(self):
        assert names("abonneer") & names("abonneerde") > {"<abo", "abon"}

    def test_tells_links_to_ordinary_places_from_others(self):
        assert "link" not in names("https://www.rijksoverheid.nl/regels")
        assert "link" in names("https://winkel.example/regels")

    @pytest.mark.parametrize(
        ("text", "shape"),
        [
            ("LEES DIT", "capitals"),
            ("bel 0612345678", "digits"),
            ("ja ja ja ja", "repetition"),
            ("ja!!!!!", "exclamations 3"),
            ("https://a.example https://b.example", "links"),
        ],
    )
    def test_sees_the_shape_of_a_text(self, text, shape):
        assert shape in names(text)
        assert shape not in names("Een gewone reactie.")

    def test_names_words_of_the_text_alone(self):
        [near] = [each for each in features.of("check my page") if each.name == "near owns places"]

        assert near.words == ("my", "page")


class TestVector:
    def test_holds_numbers_and_no_words(self):
        vector = features.vector(features.of("Een gewone reactie"))

        assert vector
        assert {type(key) for key in vector} == {int}

    def test_is_the_same_for_what_is_written_once_or_often(self):
        once, often = (features.of(text) for text in ("a b c d", "a b c d"))

        assert features.vector(once) == features.vector([*often, *features.of("a b c d")])
