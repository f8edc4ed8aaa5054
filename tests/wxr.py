"""Small WordPress exports, written by hand for tests."""

from pathlib import Path

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"


def comment(number: int, text: str = "Mooi stuk.", **fields: object) -> str:
    """Return a ``wp:comment``; fields are the names of its elements without ``comment_``."""
    given = {
        "author": f"Lezer {number}",
        "author_email": f"lezer{number}@example.org",
        "author_IP": "203.0.113.9",
        "author_url": "https://lezer.example.org/",
        "date_gmt": f"2020-06-{number % 28 + 1:02} 10:00:00",
        "approved": "1",
        "type": "",
        "parent": "0",
        **fields,
    }
    lines = [
        f"<wp:comment_{name}>{_cdata(value)}</wp:comment_{name}>" for name, value in given.items()
    ]
    return (
        f"<wp:comment><wp:comment_id>{number}</wp:comment_id>{''.join(lines)}"
        f"<wp:comment_content>{_cdata(text)}</wp:comment_content></wp:comment>"
    )


def item(number: int, content: str = "<p>Tekst.</p>", *, extra: str = "", **fields: object) -> str:
    """Return an ``item``; fields are names of its ``wp:`` elements."""
    title = fields.pop("title", f"Bericht {number}")
    link = fields.pop("link", f"https://oud.example.org/2020/bericht-{number}/")
    given = {
        "post_id": number,
        "post_date_gmt": "2020-05-20 07:30:00",
        "comment_status": "open",
        "post_name": f"bericht-{number}",
        "status": "publish",
        "post_parent": "0",
        "post_type": "post",
        **fields,
    }
    lines = [f"<wp:{name}>{_cdata(value)}</wp:{name}>" for name, value in given.items()]
    return (
        f"<item><title>{_cdata(title)}</title><link>{link}</link><dc:creator>mees</dc:creator>"
        f"<content:encoded>{_cdata(content)}</content:encoded>{''.join(lines)}{extra}</item>"
    )


def term(name: str, *, domain: str = "post_tag") -> str:
    nicename = name.lower().replace(" ", "-")
    return f'<category domain="{domain}" nicename="{nicename}">{_cdata(name)}</category>'


def meta(key: str, value: str) -> str:
    return (
        f"<wp:postmeta><wp:meta_key>{key}</wp:meta_key>"
        f"<wp:meta_value>{_cdata(value)}</wp:meta_value></wp:postmeta>"
    )


def document(
    *items: str, version: str = "1.2", start: str = "", author: str = "Mees de Wit"
) -> str:
    """Return a whole export; ``version`` empty leaves its element out, as some files do."""
    said = f"<wp:wxr_version>{version}</wp:wxr_version>" if version else ""
    return f"""<?xml version="1.0" encoding="UTF-8"?>{start}
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:excerpt="http://wordpress.org/export/{version or "1.0"}/excerpt/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom"
 xmlns:wp="http://wordpress.org/export/{version or "1.0"}/">
<channel><title>Oud</title><link>https://oud.example.org</link><atom:link href="x"/>{said}
<wp:author><wp:author_login>mees</wp:author_login>
<wp:author_display_name>{author}</wp:author_display_name></wp:author>
{"".join(items)}</channel></rss>"""


def _cdata(text: object) -> str:
    return f"<![CDATA[{text}]]>"
