import pytest

from community.comments import text
from exchange.wordpress import wording


class TestPlain:
    @pytest.mark.parametrize(
        ("html", "plain"),
        [
            ("Gewone\ntekst, 2 * 3 < 7", "Gewone\ntekst, 2 * 3 < 7"),
            ("<p>Een</p><p>Twee</p>", "Een\n\nTwee"),
            ("Een<br />twee", "Een\ntwee"),
            ("<em>Mooi</em> en <strong>sterk</strong>", "*Mooi* en **sterk**"),
            (
                '<a href="https://a.example/x" rel="nofollow">hier</a>',
                "[hier](https://a.example/x)",
            ),
            ('<a href="https://a.example/">https://a.example</a>', "https://a.example"),
            ('<a href="javascript:alert(1)">hier</a>', "hier"),
            ("<blockquote>Dus\nzo</blockquote>Nee", "> Dus\n> zo\n\nNee"),
            ("<ul><li>a</li><li>b</li></ul>", "- a\n- b"),
            ("Ik &amp; jij &lt;3", "Ik & jij <3"),
            ("https://a.example/?a=1&amp;b=2", "https://a.example/?a=1&b=2"),
            ("<script>alert(1)</script>", ""),
            ("  <p> </p> ", ""),
        ],
    )
    def test_keeps_the_words_and_their_shape(self, html, plain):
        assert wording.plain(html) == plain

    def test_cannot_make_a_tag_of_escaped_text(self):
        plain = wording.plain("&lt;img src=x onerror=alert(1)&gt;")

        assert "<img" not in text.to_html(plain)
