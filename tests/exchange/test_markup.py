import json
import time

import pytest
from bs4 import BeautifulSoup

from exchange.wordpress import markup
from exchange.wordpress.records import Picture
from tests import wxr


def words(blocks) -> str:
    """Return every word of the blocks in order."""
    parts = [
        BeautifulSoup(value, "html.parser").get_text(" ")
        if kind == "text"
        else " ".join(value.values())
        for kind, value in blocks
    ]
    return " ".join(" ".join(parts).split())


def collection(name: str) -> list[str]:
    path = wxr.DATA / name
    if not path.exists():
        pytest.skip(f"{path} lies beside the project, and not on this machine")
    text = path.read_text(errors="replace")
    return json.loads(text) if name.endswith(".json") else text.splitlines()


def is_harmless(html: str) -> bool:
    tags = markup.parse(html).find_all(True)
    addresses = [str(tag.get("href", "")) for tag in tags]
    schemes = {address.split(":")[0].lower() for address in addresses if ":" in address}
    names = {name for tag in tags for name in tag.attrs}
    return (
        {tag.name for tag in tags} <= markup.TEXT_TAGS
        and names <= {"href", "title", "start", "colspan", "rowspan", "scope"}
        and all(scheme in {"http", "https", "mailto", "tel"} or "/" in scheme for scheme in schemes)
    )


class TestBlocks:
    def test_keep_paragraphs_as_they_are(self):
        html = "<p>Eén &amp; ‘twee’.</p>\n<p>Drie <strong>vet</strong>.</p>"

        assert markup.blocks(html) == [
            ("text", "<p>Eén &amp; ‘twee’.</p><p>Drie <strong>vet</strong>.</p>")
        ]

    def test_give_the_classic_editors_text_its_paragraphs(self):
        html = "Regel één\nregel twee\r\n\r\nNieuwe <em>alinea</em>\n\n\n<ul><li>a</li></ul>\nSlot"

        assert markup.blocks(html) == [
            (
                "text",
                "<p>Regel één<br>regel twee</p><p>Nieuwe <em>alinea</em></p>"
                "<ul><li>a</li></ul><p>Slot</p>",
            )
        ]

    def test_forget_the_marks_of_the_block_editor(self):
        html = (
            "<!-- wp:paragraph -->\n<p>Een</p>\n<!-- /wp:paragraph -->\n\n"
            '<!-- wp:heading {"level":3} -->\n<h3 class="wp-x">Kop</h3>\n<!-- /wp:heading -->'
        )

        assert markup.blocks(html) == [
            ("text", "<p>Een</p>"),
            ("heading", {"text": "Kop", "level": "h3"}),
        ]

    @pytest.mark.parametrize(
        ("tag", "level"), [("h1", "h2"), ("h2", "h2"), ("h3", "h3"), ("h6", "h3")]
    )
    def test_know_two_levels_of_headings(self, tag, level):
        assert markup.blocks(f"<{tag}>Kop</{tag}>") == [
            ("heading", {"text": "Kop", "level": level})
        ]

    def test_keep_a_long_heading_whole_in_the_text(self):
        text = "Lang " * 40

        [(kind, value)] = markup.blocks(f"<h2>{text}</h2>")

        assert (kind, " ".join(value[4:-5].split())) == ("text", text.strip())

    def test_make_a_quote_with_its_source(self):
        html = "<blockquote><p>Een.</p><p>Twee.</p><cite>— Noor</cite></blockquote>"

        assert markup.blocks(html) == [("quote", {"text": "Een.\n\nTwee.", "source": "Noor"})]

    def test_keep_the_links_in_a_quote(self):
        [(kind, value)] = markup.blocks(
            '<blockquote><a href="https://a.example/">a</a></blockquote>'
        )

        assert kind == "text"
        assert 'href="https://a.example/"' in value

    def test_find_the_picture_and_its_caption(self):
        html = (
            '<figure><img src="/a.jpg" alt="Een plein"><figcaption>Het plein</figcaption></figure>'
        )

        assert markup.blocks(html) == [
            ("image", {"src": "/a.jpg", "alt_text": "Een plein", "caption": "Het plein"})
        ]

    def test_understand_a_caption_shortcode(self):
        html = (
            '[caption id="a" width="300"]<a href="/a.jpg"><img src="/a.jpg" alt="x" /></a>'
            " Het plein[/caption]\n\nVerder."
        )

        assert markup.blocks(html) == [
            ("image", {"src": "/a.jpg", "alt_text": "x", "caption": "Het plein"}),
            ("text", "<p>Verder.</p>"),
        ]

    def test_take_a_picture_out_of_its_paragraph(self):
        blocks = markup.blocks('<p><a href="/b"><img src="/a.jpg"></a>Tekst</p>')

        assert [kind for kind, _ in blocks] == ["text", "image"]
        assert words(blocks[:1]) == "Tekst"

    def test_find_the_pictures_of_a_gallery(self):
        pictures = {"3": Picture("https://oud.example.org/3.jpg", "Drie", "")}

        assert markup.blocks('[gallery ids="3,4"]', pictures) == [
            ("image", {"src": "https://oud.example.org/3.jpg", "alt_text": "Drie", "caption": ""})
        ]

    @pytest.mark.parametrize(
        "html",
        [
            '<iframe src="https://www.youtube.com/embed/abc?feature=oembed"></iframe>',
            '<p><iframe src="//www.youtube.com/embed/abc"></iframe></p>',
            "[embed]https://www.youtube.com/watch?v=abc[/embed]",
            "Ervoor\n\nhttps://www.youtube.com/watch?v=abc\n\nErna",
            '<figure class="wp-block-embed"><div class="w">\nhttps://www.youtube.com/watch?v=abc\n</div></figure>',
        ],
    )
    def test_turn_a_player_into_a_plain_link(self, html):
        text = "".join(value for _, value in markup.blocks(html))

        assert '<a href="https://www.youtube.com/watch?v=abc">' in text
        assert "iframe" not in text

    def test_leave_brackets_that_are_the_writers_own(self):
        html = "Zie [1] en [sic] en [...] en [vet] maar niet [knop url=&quot;x&quot;]dit[/knop]."

        assert words(markup.blocks(html)) == "Zie [1] en [sic] en [...] en [vet] maar niet dit."

    def test_keep_tables_and_code(self):
        html = "<table><tr><td>1</td></tr></table><pre>a\n\nb</pre>"

        [(_, value)] = markup.blocks(html)

        assert "<td>1</td>" in value
        assert "<pre>a\n\nb</pre>" in value

    def test_unpack_boxes(self):
        html = '<div class="row"><section><p>Een</p>los<h2>Kop</h2></section></div>'

        assert [kind for kind, _ in markup.blocks(html)] == ["text", "heading"]
        assert words(markup.blocks(html)) == "Een los Kop h2"

    @pytest.mark.parametrize(
        "html",
        [
            "<p>a<script>alert(1)</script></p>",
            '<p onclick="alert(1)" style="x">a</p>',
            '<p>a<a href="javascript:alert(1)">b</a></p>',
            '<p>a</p><embed embedtype="media" url="https://x"><object data="x"></object>',
            '<p>a<img src=x onerror=alert(1)><svg onload="alert(1)"></svg></p>',
            "<p>a</p><style>*{}</style><link rel=stylesheet href=//x><meta http-equiv=refresh>",
            '<p>a<a linktype="page" id="1">b</a><iframe srcdoc="<script>1</script>"></iframe></p>',
        ],
    )
    def test_hold_nothing_that_runs(self, html):
        text = str([value for kind, value in markup.blocks(html) if kind != "image"]).lower()

        for danger in (
            "script",
            "onclick",
            "onerror",
            "onload",
            "style",
            "embed",
            "linktype",
            "srcdoc",
        ):
            assert danger not in text

    @pytest.mark.long
    @pytest.mark.parametrize("name", ["xss-payloads.txt", "naughty-strings.json"])
    def test_hold_nothing_that_runs_of_all_that_was_collected(self, name):
        for text in collection(name):
            for kind, value in markup.blocks(text):
                assert kind != "text" or is_harmless(value), text

    @pytest.mark.parametrize("tag", ["div", "blockquote", "ul><li", "b", "table><tr><td"])
    def test_take_deep_nesting_in_their_stride(self, tag):
        started = time.process_time()

        blocks = markup.blocks(f"<{tag}>" * 3000 + "diep")

        assert "diep" in words(blocks)
        assert time.process_time() - started < 20


class TestPlainText:
    def test_is_one_line_of_words(self):
        assert (
            markup.plain_text("<b>Wij</b> &amp; zij\n<script>x</script> samen") == "Wij & zij samen"
        )
