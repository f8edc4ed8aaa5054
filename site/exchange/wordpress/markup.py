"""From the HTML of a post to the blocks of a story: every word stays, nothing can run."""

import re
from collections.abc import Iterable
from html import escape, unescape
from typing import Any
from urllib.parse import parse_qs

import nh3
from bs4 import BeautifulSoup, Tag
from bs4.element import PageElement

from exchange.wordpress import shortcodes
from exchange.wordpress.records import Picture, split

Block = tuple[str, Any]  # an image is told by its address, and found later

TEXT_TAGS = {
    *("p", "br", "a", "b", "strong", "i", "em", "u", "s", "del", "ins", "mark", "small", "sub"),
    *("sup", "q", "abbr", "cite", "code", "kbd", "pre", "ul", "ol", "li", "dl", "dt", "dd", "h2"),
    *("h3", "h4", "blockquote", "hr", "table", "caption", "thead", "tbody", "tfoot", "tr", "th"),
    "td",
}
_HEADINGS = {"h1": "h2", "h2": "h2", "h3": "h3", "h4": "h3", "h5": "h3", "h6": "h3"}
_PLAYERS = {"iframe", "video", "audio", "source"}
_MEDIA = {"img", *_PLAYERS}
_BOXES = {
    *("div", "section", "article", "main", "header", "footer", "aside", "center", "details"),
    *("summary", "figure", "figcaption", "address", "nav", "form", "fieldset"),
}
_WHOLE = {"ul", "ol", "dl", "table", "pre", "hr"}
_BLOCK_LEVEL = {"p", "blockquote", *_HEADINGS, *_MEDIA, *_BOXES, *_WHOLE}
_ATTRIBUTES = {
    "a": {"href"},
    "abbr": {"title"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
}
_SOURCES = {"img": {"src", "alt"}} | {name: {"src", "title"} for name in _PLAYERS}
_SCHEMES = {"http", "https", "mailto", "tel"}
_ADDRESS = re.compile(r"https?://\S+\Z")
_LINK = re.compile(r"(?:https?|mailto|tel):|[/#?.]|[^:\\\x00-\x20]*\Z", re.I)  # or a relative one
_MAX_BOXES = 40  # boxes in boxes; what is deeper is taken as one text


def blocks(html: str, pictures: dict[str, Picture] | None = None) -> list[Block]:
    """Return ``html`` as blocks of `core.blocks.StoryBlock`, in the order of the text.

    Text without paragraphs of its own (the classic editor's) gets them from its blank
    lines, and line breaks from its line ends. Players become plain links.
    """
    is_classic = "<!-- wp:" not in html and not re.search(r"<p[\s>]", html, re.I)
    clean = nh3.clean(
        shortcodes.plain(html, pictures or {}),
        tags=TEXT_TAGS | _BLOCK_LEVEL,
        attributes=_ATTRIBUTES | _SOURCES,
        url_schemes=_SCHEMES,
        attribute_filter=_without_odd_links,
        link_rel=None,
    )
    story = _Story(is_classic=is_classic)
    story.walk(parse(clean).children)
    return story.finished()


def plain_text(html: str) -> str:
    """Return the words of ``html`` on one line."""
    text = parse(nh3.clean(html, tags=set())).get_text(" ")
    return " ".join(unescape(text).split())


def rich(html: str) -> str:
    """Return ``html`` as rich text that is safe to show."""
    clean = nh3.clean(
        html, tags=TEXT_TAGS, attributes=_ATTRIBUTES, url_schemes=_SCHEMES, link_rel=None
    )
    return clean.replace("&nbsp;", "\xa0").strip(" \n")


def _without_odd_links(tag: str, attribute: str, value: str) -> str | None:
    """Leave out an address that only looks relative because of odd characters in its scheme."""
    return value if attribute not in {"href", "src"} or _LINK.match(value) else None


def parse(html: str) -> Tag:
    """Return ``html`` as a tree. It is boxed, so that an address alone is taken for text too."""
    [box] = BeautifulSoup(f"<div>{html}</div>", "html.parser").find_all("div", recursive=False)
    return box


class _Story:
    """Blocks in the making: rich text is gathered until another kind of block comes."""

    def __init__(self, *, is_classic: bool) -> None:
        self.is_classic = is_classic
        self.blocks: list[Block] = []
        self.texts: list[str] = []

    def finished(self) -> list[Block]:
        self._close_text()
        return self.blocks

    def walk(self, nodes: Iterable[PageElement], depth: int = 0) -> None:
        """Take ``nodes`` one by one; what is not a block of its own runs on as one text."""
        run: list[str] = []
        for node in list(nodes):
            if isinstance(node, Tag) and node.name in _BLOCK_LEVEL:
                self._end_run(run)
                self._take(node, depth)
            else:
                run.append(node.decode() if isinstance(node, Tag) else escape(str(node), False))
        self._end_run(run)

    def _take(self, tag: Tag, depth: int) -> None:
        if tag.name in _HEADINGS:
            self._heading(tag)
        elif tag.name == "blockquote":
            self._quote(tag)
        elif tag.name == "figure" and tag.find("img"):
            self._figure(tag)
        elif tag.name in _MEDIA:
            self._media([tag])
        elif tag.name in _BOXES and depth < _MAX_BOXES:
            self.walk(tag.children, depth + 1)
        elif tag.name in _WHOLE:
            self._text(tag, whole=True)
        else:
            self._text(tag)

    def _end_run(self, run: list[str]) -> None:
        for part in re.split(r"\n[^\S\n]*(?:\n[^\S\n]*)+", "".join(run).strip("\n")):
            part = part.strip()
            if part:
                html = part.replace("\n", "<br>") if self.is_classic else part
                self._text(parse(html))
        run.clear()

    def _text(self, tag: Tag, *, whole: bool = False) -> None:
        """Add a paragraph, or ``whole`` a list or table; its pictures follow it."""
        media = [found.extract() for found in tag.find_all(list(_MEDIA))]
        words = tag.get_text().strip()
        if words or tag.name == "hr":
            html = tag.decode() if whole else f"<p>{_inner(tag, words)}</p>"
            self.texts.append(rich(html))
        self._media(media)

    def _heading(self, tag: Tag) -> None:
        media = [found.extract() for found in tag.find_all(list(_MEDIA))]
        words, level = " ".join(tag.get_text().split()), _HEADINGS[tag.name]
        if words and (len(words) > 120 or tag.find("a")):
            self.texts.append(rich(f"<{level}>{tag.decode_contents()}</{level}>"))
        elif words:
            self._add("heading", {"text": words, "level": level})
        self._media(media)

    def _quote(self, tag: Tag) -> None:
        media = [found.extract() for found in tag.find_all(list(_MEDIA))]
        if tag.find(["a", "ul", "ol", "table", "h2", "h3"]):
            self.texts.append(rich(tag.decode()))
        elif tag.get_text().strip():
            self._add("quote", _words_and_source(tag))
        self._media(media)

    def _figure(self, tag: Tag) -> None:
        caption = tag.find("figcaption")
        words = " ".join(caption.get_text(" ").split()) if isinstance(caption, Tag) else ""
        media = tag.find_all(list(_MEDIA))
        for found in media[:-1]:
            self._media([found])
        self._media(media[-1:], caption=words)

    def _media(self, found: list[Tag], caption: str = "") -> None:
        for tag in found:
            source = str(tag.get("src", ""))
            if tag.name == "img":
                alt = " ".join(str(tag.get("alt", "")).split())
                self._add("image", {"src": source, "alt_text": alt, "caption": caption})
            elif source:
                self.texts.append(_link(source, str(tag.get("title", ""))))

    def _add(self, kind: str, value: dict[str, str]) -> None:
        self._close_text()
        self.blocks.append((kind, value))

    def _close_text(self) -> None:
        if self.texts:
            self.blocks.append(("text", "".join(self.texts)))
            self.texts = []


def _inner(tag: Tag, words: str) -> str:
    if _ADDRESS.match(words) and not tag.find("a"):
        return f'<a href="{escape(words)}">{escape(words, False)}</a>'
    return tag.decode_contents().strip()


def _words_and_source(tag: Tag) -> dict[str, str]:
    source = tag.find(["cite", "footer"])
    who = " ".join(source.extract().get_text(" ").split()) if isinstance(source, Tag) else ""
    parts = [part.get_text() for part in tag.find_all("p")] or [tag.get_text()]
    words = [" ".join(part.split()) for part in parts]
    if len(who) > 160:
        words, who = [*words, who], ""
    return {"text": "\n\n".join(filter(None, words)), "source": who.lstrip("—– ")}


def _link(address: str, title: str) -> str:
    """Return a paragraph with a link to what a player would play."""
    address = f"https:{address}" if address.startswith("//") else address
    parts = split(address)
    if "youtube" in (parts.hostname or "") and "/embed/" in parts.path:
        key = parts.path.rpartition("/embed/")[2]
        if "list" not in parse_qs(parts.query):
            address = f"https://www.youtube.com/watch?v={key}"
    text = " ".join(title.split()) or address
    return rich(f'<p><a href="{escape(address)}">{escape(text, False)}</a></p>')
