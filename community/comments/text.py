"""What a reader typed, made safe to keep and to show."""

import re
import unicodedata

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

VERSION = 2  # raise it when to_html changes, so that stored HTML can be renewed
MAX_LENGTH = 3000  # characters after normalising
MAX_MARKS = 4  # combining marks on one character; more only serves to climb over the text above

_MARKS = {"Mn", "Me"}  # also those that `unicodedata.combining` knows nothing of, as U+0489
_UNWANTED = re.compile(
    r"[^\S \n\t]|[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufff9-\ufffb\ufffe\uffff]"
)
_DIRECTIONS = re.compile(r"[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_BLANK_LINES = re.compile(r"\n{3,}")
# A run of quote and list marks nests once for each; three levels are enough for anyone, and
# without a bound markdown-it drops the text itself when it gives up.
_DEEP_MARKS = re.compile(
    r"^((?:[ ]*(?:>|[-+*](?=[ ])|\d{1,9}[.)](?=[ ]))){3})(?:[ ]*(?:>|[-+*](?=[ ])))+", re.M
)
_SYNTAX = "blockquote list fence emphasis backticks escape link newline autolink linkify entity"
_MARKDOWN = MarkdownIt("zero", {"html": False, "linkify": True, "breaks": True})
_MARKDOWN.enable(_SYNTAX.split())
_TAGS = {"p", "br", "a", "em", "strong", "ul", "ol", "li", "blockquote", "code", "pre"}


def normalise(text: str) -> str:
    """Return ``text`` in NFC with ``\\n`` line ends, and without what only does harm.

    Control characters, lone surrogates and more than `MAX_MARKS` combining
    marks in a row are left out; three or more line ends become two.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", "    ")
    text = unicodedata.normalize("NFC", _UNWANTED.sub(_replacement, text))
    return _BLANK_LINES.sub("\n\n", _cap_marks(text)).strip()


def one_line(text: str) -> str:
    """Return ``text`` normalised and on one line, as names and subjects must be.

    Without the marks that turn the direction of what comes after: a name stands in
    titles, in feeds and in mails of plain text, where nothing else contains them.
    """
    return " ".join(normalise(_DIRECTIONS.sub("", text)).split())


def to_html(text: str) -> SafeString:
    """Return a comment's text as safe HTML.

    Knows paragraphs, links, emphasis, lists, quotes and code. Addresses other
    than http, https and mailto are left out, and so are relative ones: a comment
    may be read in a mail or a feed.
    """
    html = nh3.clean(
        _MARKDOWN.render(_DEEP_MARKS.sub(r"\1", normalise(text))),
        tags=_TAGS,
        attributes={"a": {"href"}, "ol": {"start"}},
        url_schemes={"http", "https", "mailto"},
        url_relative="deny",
        link_rel="ugc nofollow",
    )
    return mark_safe(html)  # noqa: S308  nh3 cleaned it just above


def to_preview(text: str) -> SafeString:
    """Return what `to_html` gives for as much of ``text`` as may be sent."""
    return to_html(normalise(text)[:MAX_LENGTH])


def _replacement(match: re.Match[str]) -> str:
    return " " if match.group().isspace() else ""


def _cap_marks(text: str) -> str:
    """Leave out what is more than `MAX_MARKS` marks in a row; what is invisible parts no row."""
    kept, marks = [], 0
    for character in text:
        category = unicodedata.category(character)
        if category in _MARKS:
            marks += 1
        elif category != "Cf":
            marks = 0
        if marks <= MAX_MARKS or category not in _MARKS:
            kept.append(character)
    return "".join(kept)
