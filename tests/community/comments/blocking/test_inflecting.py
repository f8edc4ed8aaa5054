import pytest

from community.comments.blocking.inflecting import forms


class TestForms:
    @pytest.mark.parametrize(
        ("word", "other"),
        [
            ("casino", "casino's"),
            ("kassa", "kassatje"),
            ("lening", "leningen"),
            ("bom", "bommen"),
            ("bom", "bommetje"),
            ("haar", "haren"),
            ("huis", "huizen"),
            ("brief", "brieven"),
            ("kaas", "kazen"),
            ("gokker", "gokkers"),
            ("gok", "gokken"),
            ("pil", "pilletje"),
            ("boom", "boompje"),
            ("box", "boxes"),
            ("vrouw", "vrouwtjes"),
        ],
    )
    def test_hold_plurals_and_diminutives(self, word, other):
        assert other in forms(word)

    @pytest.mark.parametrize(
        ("word", "other"),
        [("kan", "kanaal"), ("gok", "gokkast"), ("bom", "bomvol"), ("pil", "pijl")],
    )
    def test_hold_no_other_words(self, word, other):
        assert other not in forms(word)

    @pytest.mark.parametrize("word", ["a", "ij", "1xbet", "赌场", "x1"])
    def test_hold_the_word_itself_whatever_it_is(self, word):
        assert word in forms(word)
