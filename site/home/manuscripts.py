"""A page's text as a Markdown file: a head with facts, then blocks.

The head is ``key: value`` lines between two lines of ``---``. In the text a
paragraph starting with ``##`` or ``###`` is a heading, ``>`` a quote (its last
line, after ``—``, is who said it), ``![alt](name "caption")`` a picture, and
``::: kind title`` up to ``:::`` a section: call-out, links, video, or one that
the page type knows itself (`Manuscript.sections`).
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from markdown_it import MarkdownIt

_MARKDOWN = MarkdownIt("commonmark", {"html": False})
_SECTION = re.compile(r"^::: *(\w+) *(.*?)\n(.*?)^:::\s*$", re.M | re.S)
_PICTURE = re.compile(r'^!\[(?P<alt>[^]]*)\]\((?P<name>\S+?)(?: "(?P<caption>[^"]*)")?\)$', re.S)
_LINK = re.compile(r"^[-*] \[(?P<text>[^]]+)\]\((?P<to>\S+)\)$", re.M)
_PAGE_LINK = re.compile(r'<a href="page:([^"]+)">')
_TEXT_BLOCKS = ("callout", "links", "video")


@dataclass(frozen=True)
class Library:
    """Where the names in a manuscript lead: to pictures and to pages, by primary key."""

    image: Callable[[str], int]
    page: Callable[[str], int]


@dataclass
class Manuscript:
    """What one file says. ``sections`` holds what is not part of the running text."""

    head: dict[str, str]
    blocks: list[tuple[str, str, str]] = field(default_factory=list)  # kind, title, text
    sections: dict[str, str] = field(default_factory=dict)

    def stream(self, library: Library) -> str:
        """Return the text as the JSON of a StreamField."""
        return json.dumps([_block(*block, library) for block in self.blocks])


def read(path: Path, **words: str) -> Manuscript:
    """Read one file; ``{word}`` in it becomes what ``words`` gives for it."""
    text = path.read_text(encoding="utf-8")
    for word, meaning in words.items():
        text = text.replace("{" + word + "}", meaning)
    _, head, body = text.split("---\n", 2)
    manuscript = Manuscript(dict(_fact(line) for line in head.splitlines()))
    at = 0
    for match in _SECTION.finditer(body):
        manuscript.blocks += _running_text(body[at : match.start()])
        kind, title, content = match.groups()
        if kind in _TEXT_BLOCKS:
            manuscript.blocks.append((kind, title, content.strip()))
        else:
            manuscript.sections[kind] = content.strip()
        at = match.end()
    manuscript.blocks += _running_text(body[at:])
    return manuscript


def _fact(line: str) -> tuple[str, str]:
    key, _, value = line.partition(":")
    return key.strip(), value.strip()


def _running_text(text: str) -> list[tuple[str, str, str]]:
    """Return the blocks of ``text``; paragraphs that follow each other are one block."""
    blocks: list[tuple[str, str, str]] = []
    for part in re.split(r"\n\s*\n", text.strip()):
        kind = _kind(part)
        if kind == "text" and blocks and blocks[-1][0] == "text":
            blocks[-1] = ("text", "", blocks[-1][2] + "\n\n" + part)
        elif part:
            blocks.append((kind, "", part))
    return blocks


def _kind(part: str) -> str:
    if part.startswith("#"):
        return "heading"
    if part.startswith(">"):
        return "quote"
    return "image" if _PICTURE.match(part) else "text"


def _block(kind: str, title: str, text: str, library: Library) -> dict:
    value = {
        "text": lambda: to_rich_text(text, library),
        "heading": lambda: _heading(text),
        "quote": lambda: _quote(text),
        "image": lambda: _image(text, library),
        "callout": lambda: {"title": title, "text": to_rich_text(text, library)},
        "links": lambda: _links(title, text, library),
        "video": lambda: _video(title, text, library),
    }[kind]()
    return {"type": kind, "value": value}


def blocks(stream: str) -> list[dict]:
    """Return the blocks of a text that `Manuscript.stream` made."""
    return json.loads(stream)


def to_rich_text(markdown: str, library: Library) -> str:
    """Return ``markdown`` as the HTML that Wagtail stores for rich text."""
    html = _MARKDOWN.render(markdown).replace("\n", " ").replace("> <", "><").strip()
    for theirs, ours in (("strong>", "b>"), ("em>", "i>")):
        html = html.replace(theirs, ours)
    return _PAGE_LINK.sub(lambda to: f'<a linktype="page" id="{library.page(to[1])}">', html)


def _heading(text: str) -> dict:
    marks, _, words = text.partition(" ")
    return {"text": words, "level": f"h{len(marks)}"}


def _quote(text: str) -> dict:
    lines = [line.removeprefix(">").strip() for line in text.splitlines()]
    source = lines.pop().removeprefix("—").strip() if lines[-1].startswith("—") else ""
    return {"text": " ".join(lines), "source": source}


def _image(text: str, library: Library) -> dict:
    found = _PICTURE.match(text)
    assert found is not None  # noqa: S101  `_kind` looked
    alt = " ".join(found["alt"].split())
    return {
        "image": library.image(found["name"]),
        "alt_text": alt,
        "caption": found["caption"] or "",
    }


def _links(title: str, text: str, library: Library) -> dict:
    return {"title": title, "links": [_link(match, library) for match in _LINK.finditer(text)]}


def _link(match: re.Match[str], library: Library) -> dict:
    to = match["to"]
    if to.startswith("page:"):
        return {"text": match["text"], "page": library.page(to.removeprefix("page:")), "url": ""}
    return {"text": match["text"], "page": None, "url": to}


def _video(title: str, text: str, library: Library) -> dict:
    """Read a video: its address on the first line, its still on the second, then the transcript."""
    url, still, transcript = text.split("\n", 2)
    return {
        "title": title,
        "url": url.strip(),
        "poster": library.image(still.strip()),
        "has_captions": True,
        "transcript": to_rich_text(transcript, library),
    }
