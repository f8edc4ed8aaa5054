import pytest

from community.comments.blocking.cleaning import clean
from community.comments.blocking.wording import BadPattern
from community.comments.models import BlockRule


class TestClean:
    @pytest.mark.parametrize(
        ("kind", "typed", "pattern"),
        [
            ("word", " Casino ", "casino"),
            ("word", "casino's", "casino's"),
            ("phrase", "Gratis \n Geld", "gratis geld"),
            ("expression", r"Bonus\d+", r"Bonus\d+"),
            ("domain", "WWW.Speel.example", "speel.example"),
            ("domain", "https://münchen.example/pad", "xn--mnchen-3ya.example"),
            ("domain", "//speel.example/", "speel.example"),
            ("address", " Jan@Example.org ", "jan@example.org"),
            ("address", "@Example.org", "@example.org"),
            ("network", "203.0.113.7", "203.0.113.7/32"),
            ("network", "203.0.113.7/24", "203.0.113.0/24"),
            ("network", "2001:DB8::/32", "2001:db8::/32"),
        ],
    )
    def test_makes_a_pattern_comparable(self, kind, typed, pattern):
        assert clean(kind, typed) == pattern

    @pytest.mark.parametrize(
        ("kind", "typed"),
        [
            ("word", "twee woorden"),
            ("word", "a"),
            ("word", "!"),
            ("phrase", "?!"),
            ("expression", "a*"),
            ("expression", "("),
            ("expression", "ab" * 101),
            ("domain", "nl"),
            ("domain", "geen domein"),
            ("domain", "http://["),
            ("domain", "estafette.example.org"),
            ("domain", "example.org"[:0]),
            ("address", "jan"),
            ("address", "a@b@c.example"),
            ("address", "jan@"),
            ("address", "@"),
            ("network", "0.0.0.0/0"),
            ("network", "::/8"),
            ("network", "203.0.113.0/33"),
            ("network", "hier"),
        ],
    )
    def test_says_to_the_editor_what_is_wrong(self, kind, typed):
        with pytest.raises(BadPattern) as refused:
            clean(kind, typed)

        assert refused.value.message

    @pytest.mark.parametrize("kind", BlockRule.Kind.values)
    @pytest.mark.parametrize(
        "typed",
        ["", "\x00", "\ud800", "İ" * 254, "'; --", "\u202e", "a" * 254, "%s", "🎰", "[" * 200],
    )
    def test_answers_anything(self, kind, typed):
        try:
            pattern = clean(kind, typed)
        except BadPattern:
            return

        assert 0 < len(pattern) <= 254

    def test_looks_for_no_short_word_inside_others(self):
        with pytest.raises(BadPattern):
            clean("word", "kan", inside_compounds=True)
