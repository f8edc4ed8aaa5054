import pytest

from exchange.wordpress import reading
from tests import wxr

BOMB = """<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>"""
OUTSIDE = """<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]>"""


@pytest.fixture
def export(tmp_path):
    """Return a function that writes a file and gives its path."""

    def write(content: str | bytes):
        path = tmp_path / "export.xml"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


class TestItems:
    @pytest.mark.parametrize("version", ["1.0", "1.1", "1.2", ""])
    def test_are_read_from_every_version(self, export, version):
        path = export(wxr.document(wxr.item(7, extra=wxr.comment(1)), version=version))

        [item] = reading.items(path)

        assert (item.id, item.title, item.slug) == ("7", "Bericht 7", "bericht-7")
        assert item.at.isoformat() == "2020-05-20T07:30:00+00:00"
        assert [remark.name for remark in item.remarks] == ["Lezer 1"]

    def test_need_no_more_than_a_title(self, export):
        path = export(wxr.document("<item><title>Kaal</title></item>", wxr.item(1)))

        bare = next(reading.items(path))

        assert (bare.title, bare.type, bare.status, bare.at) == ("Kaal", "post", "publish", None)

    def test_take_their_number_from_the_link_when_it_is_missing(self, export):
        path = export(
            wxr.document("<item><link>https://oud.example.org/?p=6</link></item>", wxr.item(1))
        )

        assert next(reading.items(path)).id == "6"

    def test_tell_the_excerpt_from_the_text(self, export):
        extra = "<excerpt:encoded>Kort</excerpt:encoded>"
        [item] = reading.items(export(wxr.document(wxr.item(1, "Lang", extra=extra))))

        assert (item.html, item.excerpt) == ("Lang", "Kort")

    def test_are_read_past_control_characters_and_blank_lines(self, export):
        text = wxr.document(wxr.item(1, "Een\x0bwoord\x00"))

        [item] = reading.items(export("\n\n " + text))

        assert item.html == "Eenwoord"

    def test_are_read_from_utf_16(self, export):
        text = wxr.document(wxr.item(1, "Eén")).replace("UTF-8", "UTF-16")

        [item] = reading.items(export(text.encode("utf-16")))

        assert item.html == "Eén"

    def test_give_comments_without_a_number_one_of_their_own(self, export):
        nameless = wxr.comment(1).replace("<wp:comment_id>1</wp:comment_id>", "")

        [item] = reading.items(export(wxr.document(wxr.item(1, extra=nameless * 2))))

        assert [remark.id for remark in item.remarks] == ["#0", "#1"]

    def test_stand_alone_in_memory(self, export):
        path = export(wxr.document(*[wxr.item(number) for number in range(1, 401)]))

        assert [item.id for item in reading.items(path)] == [str(n) for n in range(1, 401)]


class TestOverview:
    def test_knows_the_site_and_the_names(self, export):
        found = reading.overview(export(wxr.document(wxr.item(1), wxr.item(2))))

        assert (found.site, found.items, found.names) == (
            "oud.example.org",
            2,
            {"mees": "Mees de Wit"},
        )

    @pytest.mark.parametrize(
        ("content", "why"),
        [
            (b"", "empty"),
            (b"hello", "not XML"),
            (b"\x7fELF\x00\x01\x02", "not XML"),
            (b"\x00" * 300_000, "empty"),
            ("<html><body>Hallo</body></html>", "not a WordPress export"),
            ("<rss><channel><item><title>x</title></item></channel></rss>", "not a WordPress"),
            (wxr.document(wxr.item(1))[:900], "stops halfway"),
            (wxr.document(wxr.item(1), start=BOMB), "document type"),
            (wxr.document(wxr.item(1, "&a;"), start=OUTSIDE), "document type"),
            ('<?xml version="1.0" encoding="klingon"?><rss/>', "XML"),
        ],
    )
    def test_says_in_one_line_why_a_file_is_refused(self, export, content, why):
        with pytest.raises(reading.NotReadable, match=why) as caught:
            reading.overview(export(content))

        assert "\n" not in str(caught.value)

    def test_refuses_what_is_no_file(self, tmp_path):
        for path in (tmp_path, tmp_path / "away.xml"):
            with pytest.raises(reading.NotReadable):
                reading.overview(path)
