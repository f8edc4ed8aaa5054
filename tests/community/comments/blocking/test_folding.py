import time
import unicodedata

import pytest

from community.comments.blocking.folding import Folded, fold


class TestFold:
    @pytest.mark.parametrize(
        ("typed", "folded"),
        [
            ("Café", "cafe"),
            ("CAFE\u0301", "cafe"),
            ("STRASSE straße", "strasse strasse"),
            ("ＣＡＳＩＮＯ", "casino"),
            ("𝐂𝐚𝐬𝐢𝐧𝐨", "casino"),
            ("саsinо", "casino"),
            ("cas\u200bi\u00adno", "casino"),
            ("ĳs œuvre bjørn", "ijs oeuvre bjorn"),
            ("casino’s", "casino's"),
            ("كازينو", "كازينو"),
            ("赌场 🎰", "赌场 🎰"),
            ("", ""),
        ],
    )
    def test_takes_off_what_tells_alike_words_apart(self, typed, folded):
        assert fold(typed) == folded

    def test_is_the_same_when_done_twice(self):
        every = "".join(map(chr, range(0x3000)))

        assert fold(fold(every)) == fold(every)

    def test_is_the_same_however_accents_are_written(self):
        text = "Één ëcht hélder idéé à la carte"

        assert fold(unicodedata.normalize("NFD", text)) == fold(text)


class TestFolded:
    @pytest.mark.parametrize(
        ("text", "word"),
        [
            ("C4$1N0", "casino"),
            ("c@s!no", "casino"),
            ("gr4tis geld", "gratis geld"),
            ("k1ller", "killer"),
            ("ki11er", "killer"),
        ],
    )
    def test_reads_figures_within_a_word_as_letters(self, text, word):
        assert word in Folded(text).readings

    @pytest.mark.parametrize("text", ["2024", "10 000", "mooi!", "Wat een jaar, 1950!", "€ 5", ""])
    def test_reads_what_is_a_figure_or_a_sign_as_it_stands(self, text):
        assert Folded(text).readings == [text.lower()]

    def test_knows_where_a_match_stands_in_the_text_itself(self):
        folded = Folded("Een straße, ｅｅｎ cas\u200bino\u0301!")
        start = folded.readings[0].index("casino")

        [span] = folded.spans([(start, start + len("casino"))])

        assert folded.words([span]) == ["cas\u200bino"]

    def test_takes_time_in_proportion_to_the_text(self):
        def seconds(text: str) -> float:
            started = time.process_time()
            assert Folded(text).readings
            return time.process_time() - started

        for piece in ["a1", "é!", "1", "|", "a|", "\u0301"]:
            seconds(piece * 1000)
            once, twice = seconds(piece * 50_000), seconds(piece * 100_000)
            assert twice <= 3 * once + 0.05
