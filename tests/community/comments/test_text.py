import re
import time

import pytest

from community.comments import text
from tests import corpora

ALLOWED = re.compile(
    r"</?(?:p|em|strong|ul|li|blockquote|code|pre)>|<br>|</a>|</ol>|<ol(?: start=\"\d+\")?>"
    r"|<a(?: href=\"(?:https?|mailto):[^\"<>]*\")? rel=\"ugc nofollow\">"
)


def leftovers(html: str) -> str:
    """Return what is left of ``html`` without the tags that a comment may have."""
    return "".join(re.findall("[<>]", ALLOWED.sub("", html)))


class TestToHtml:
    @pytest.mark.parametrize(
        ("typed", "html"),
        [
            ("Een\nregel", "<p>Een<br>\nregel</p>\n"),
            ("Een\n\nalinea", "<p>Een</p>\n<p>alinea</p>\n"),
            ("1 < 2 & 3", "<p>1 &lt; 2 &amp; 3</p>\n"),
            ("<b>vet</b>", "<p>&lt;b&gt;vet&lt;/b&gt;</p>\n"),
            ("# geen kop", "<p># geen kop</p>\n"),
            ("- een\n- twee", "<ul>\n<li>een</li>\n<li>twee</li>\n</ul>\n"),
            (
                "zie https://example.org/a",
                '<p>zie <a href="https://example.org/a" rel="ugc nofollow">'
                "https://example.org/a</a></p>\n",
            ),
            ("", ""),
        ],
    )
    def test_knows_a_little_markdown(self, typed, html):
        assert text.to_html(typed) == html

    @pytest.mark.parametrize(
        "typed",
        [
            "[x](javascript:alert(1))",
            "[x](JaVaScRiPt:alert(1))",
            "[x](data:text/html,x)",
            "[x](vbscript:x)",
            "[x](/relatief)",
            "[x](//elders.example)",
            "<javascript:alert(1)>",
            "[x](ftp://example.org)",
        ],
    )
    def test_leaves_odd_addresses_out(self, typed):
        assert "href" not in text.to_html(typed)

    def test_keeps_the_words_of_a_text_that_nests_too_deep(self):
        assert "einde" in text.to_html("> " * 500 + "einde")
        assert "einde" in text.to_html("- " * 500 + "einde")

    @pytest.mark.parametrize(
        "piece", ["*", "_", "[", "](", "`", "> ", "- ", "\\", "<", "&", "http://"]
    )
    def test_stays_fast_on_hostile_texts(self, piece):
        hostile = (piece * text.MAX_LENGTH)[: text.MAX_LENGTH]

        begin = time.process_time()
        html = text.to_html(hostile)

        assert time.process_time() - begin < 2
        assert leftovers(html) == ""

    @corpora.needs_data
    def test_no_known_attack_gets_through(self):
        bad = [line for line in corpora.attacks() if leftovers(text.to_html(line))]

        assert bad == []

    @corpora.needs_data
    def test_every_naughty_string_is_taken(self):
        for naughty in corpora.naughty():
            assert leftovers(text.to_html(naughty)) == ""


class TestNormalise:
    @pytest.mark.parametrize(
        ("typed", "kept"),
        [
            ("a\r\nb\rc", "a\nb\nc"),
            ("a\x00b\x07c", "abc"),
            ("a\ud800b", "ab"),
            ("a\ufffeb\uffff", "ab"),
            ("e\u0301", "é"),
            ("a\n\n\n\n\nb", "a\n\nb"),
            ("  rand  ", "rand"),
            ("a\u2028b", "a b"),
            ("x" + "\u0301" * 40, "x" + "\u0301" * 4),
            ("x" + "\u0489" * 40, "x" + "\u0489" * 4),
            ("x" + "\u20dd" * 40, "x" + "\u20dd" * 4),
            ("x" + "\u0301\u200d" * 9, "x" + "\u0301\u200d" * 4 + "\u200d" * 5),
            ("นี้ก็ดี", "นี้ก็ดี"),
            ("हिन्दी", "हिन्दी"),
            ("1\ufe0f\u20e3", "1\ufe0f\u20e3"),
            ("👩\u200d👧", "👩\u200d👧"),
        ],
    )
    def test_keeps_words_and_leaves_out_what_only_harms(self, typed, kept):
        assert text.normalise(typed) == kept

    def test_of_its_own_result_changes_nothing(self):
        once = text.normalise("a\t\u0301b\r\n\n\n\n e\u0301\u0301\u0301\u0301\u0301\u0301")

        assert text.normalise(once) == once


class TestOneLine:
    def test_has_no_line_ends(self):
        assert text.one_line("Jan\r\nBcc: x") == "Jan Bcc: x"

    @pytest.mark.parametrize(
        "mark", [chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))]
    )
    def test_has_no_marks_that_turn_what_follows(self, mark):
        assert text.one_line(f"{mark}Jan{mark} de Vries") == "Jan de Vries"

    @pytest.mark.parametrize("mark", ["\u200e", "\u200f", "\u061c"])
    def test_has_no_marks_of_direction(self, mark):
        assert text.one_line(f"Jan{mark}") == "Jan"

    def test_keeps_a_name_in_any_script(self):
        assert text.one_line("نور الهدى") == "نور الهدى"
