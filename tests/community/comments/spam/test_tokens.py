import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.comments.spam import tokens
from community.comments.spam.tokens import LINK, MAIL, NUMBER

LENGTH = 100_000
ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=[]), max_size=300)


def words(text: str) -> list[str]:
    return tokens.read(text).words


class TestRead:
    @pytest.mark.parametrize(
        "written",
        [
            *("free", "FREE", "fr33", "FrE3", "f r e e", "F.R.E.E", "f-r-e-e", "f\u200bree"),
            *(
                "ｆｒｅｅ",
                "𝓯𝓻𝓮𝓮",
                "frée",
                "fr\u0435\u0435",
                "f\u00adr\u202eee",
                "<b>fr</b>ee".replace("<b>", ""),
            ),
        ],
    )
    def test_sees_through_what_hides_a_word(self, written):
        assert "free" in "".join(words(written))

    @pytest.mark.parametrize(
        ("written", "meant"), [("soooooo", "soo"), ("$ale", "sale"), ("vi@gra", "viagra")]
    )
    def test_brings_one_word_down_to_one_way_of_writing_it(self, written, meant):
        assert words(written) == [meant]

    @pytest.mark.parametrize(
        ("text", "host"),
        [
            ("https://www.winkel.example.com/a?b#c", "example.com"),
            ("WWW.Example.COM", "example.com"),
            ("kijk op example.nl/korting", "example.nl"),
            ("example . com", "example.com"),
            ("example (dot) com", "example.com"),
            ("example punt", ""),
            ('<a href="https://example.org/x">hier</a>', "example.org"),
            ("<a href=//example.org>hier</a>", "example.org"),
        ],
    )
    def test_finds_where_links_lead(self, text, host):
        reading = tokens.read(text)

        assert reading.hosts == ((host,) if host else ())
        assert (LINK in reading.words) == bool(host)

    @pytest.mark.parametrize(
        "text", ["Grappig.En waar", "nl.", "3.5 meter", "m.b.t. de raad", "<3"]
    )
    def test_takes_no_ordinary_full_stop_for_a_link(self, text):
        assert tokens.read(text).hosts == ()

    def test_knows_a_link_that_stands_twice_once(self):
        assert tokens.read("https://example.org/a https://example.org/b").hosts == ("example.org",)

    def test_tells_addresses_for_mail_and_numbers_from_words(self):
        assert words("Mail noor@example.org om 8 uur") == ["mail", MAIL, "om", NUMBER, "uur"]

    def test_divides_a_text_into_clauses(self):
        clauses = tokens.read("Mooi! Kijk ook eens hier, vrienden").clauses

        assert clauses == (("mooi",), ("kijk", "ook", "eens", "hier"), ("vrienden",))

    @pytest.mark.parametrize(
        "text", ["", " ", "\x00", "\ud800", "\u202e\u2066", "🍕🍕", "...", "<>"]
    )
    def test_finds_nothing_in_what_says_nothing(self, text):
        assert words(text) == []

    @given(ANY_TEXT)
    def test_reads_anything(self, text):
        reading = tokens.read(text)

        assert all(reading.clauses)
        "".join([reading.plain, *reading.words, *reading.hosts]).encode()


class TestTime:
    @pytest.mark.parametrize(
        "unit",
        [
            *(
                "a",
                "a ",
                "a.",
                "a-",
                "a. ",
                ".",
                " ",
                "\n",
                "<a ",
                "<a href=",
                "<",
                "http://",
                "www.",
            ),
            *(
                "a@",
                "a@b.",
                "&#x61;",
                "&",
                "\x00",
                "\ud800",
                "\u202e",
                "\u0301",
                "ﷺ",
                "9",
                "a1",
                "(dot)",
            ),
            *("a (dot) ", "a.com/", "a .", "a_", "🍕", "$a", "'", "com.", "a.b.c."),
        ],
    )
    def test_stays_short_for_a_very_long_text(self, unit):
        text = unit * (LENGTH // len(unit))
        began = time.process_time()

        tokens.read(text)

        assert time.process_time() - began < 1
