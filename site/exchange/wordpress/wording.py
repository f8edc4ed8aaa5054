"""The text of a comment: from WordPress's HTML to the few marks that comments know here."""

import re

import nh3
from bs4 import Tag

from community.comments import text
from exchange.wordpress.markup import parse

_TAGS = {"p", "br", "a", "em", "i", "strong", "b", "code", "blockquote", "li", "ul", "ol"}
_MARKS = {"em": "*", "i": "*", "strong": "**", "b": "**", "code": "`"}
_HAS_TAG = re.compile(r"</?[a-zA-Z][^>]*>|&\w+;|&#")


def plain(html: str) -> str:
    """Return the words of a comment, with links, emphasis, lists and quotes in plain marks.

    Line ends stay, since WordPress makes its paragraphs of them.
    """
    if not _HAS_TAG.search(html):
        return text.normalise(html)
    clean = nh3.clean(html, tags=_TAGS, attributes={"a": {"href"}}, url_schemes={"http", "https"})
    soup = parse(clean)
    for tag in reversed(soup.find_all(True)):  # the innermost first
        tag.replace_with(_marked(tag))
    return text.normalise(soup.get_text())


def _marked(tag: Tag) -> str:
    words = tag.get_text()
    if tag.name == "br":
        return "\n"
    if not words.strip():
        return words
    if tag.name == "a":
        return _link(words.strip(), str(tag.get("href", "")))
    if tag.name in _MARKS:
        mark = _MARKS[tag.name]
        return f"{mark}{words.strip()}{mark}"
    return _block(tag.name, words.strip())


def _block(name: str, words: str) -> str:
    if name == "li":
        return f"- {words}\n"
    if name == "blockquote":
        return "\n\n" + "\n".join(f"> {line}" for line in words.splitlines()) + "\n\n"
    return f"\n\n{words}\n\n"


def _link(words: str, address: str) -> str:
    if not address or words.rstrip("/") == address.rstrip("/"):
        return words
    return f"[{words}]({address})"
