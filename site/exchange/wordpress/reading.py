"""A tolerant, streaming reader of WXR 1.0, 1.1 and 1.2, and of files that say no version.

Elements are known by the meaning of their namespace, not by its exact address, and
each of them may be missing. Nothing is fetched and no entity is expanded: files that
declare a document type are refused (billion laughs, external entities).
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO
from xml.etree.ElementTree import Element, ParseError
from xml.parsers.expat import errors

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from exchange.wordpress.moments import moment
from exchange.wordpress.records import Item, Overview, Picture, Remark, Term, identity, split

_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")  # XML has no way to write these
_HALFWAY = {
    errors.codes[text] for text in (errors.XML_ERROR_NO_ELEMENTS, errors.XML_ERROR_UNCLOSED_TOKEN)
} | {errors.codes[errors.XML_ERROR_UNCLOSED_CDATA_SECTION]}
_MEANINGS = {
    "excerpt": "excerpt:",
    "modules/content": "content:",
    "purl.org/dc": "dc:",
    "wordpress": "wp:",
}


class NotReadable(ValueError):
    """The file is no WordPress export, or a damaged or hostile one. Says why in one line."""


def overview(path: Path) -> Overview:
    """Read the whole file once, and return what the items have in common.

    So nothing at all is brought in from a file that turns out to stop halfway.

    Raises `NotReadable`.
    """
    found = Overview()
    is_wordpress = False
    for name, element in _elements(path):
        is_wordpress = is_wordpress or _says_wordpress(name, element)
        _note(found, name, element)
    if not is_wordpress:
        raise NotReadable("it is XML, but not a WordPress export (WXR)")
    return found


def items(path: Path) -> Iterator[Item]:
    """Read the items one by one; memory holds one at a time.

    Raises `NotReadable`.
    """
    for name, element in _elements(path):
        if name == "item":
            yield _item(element)


def _note(found: Overview, name: str, element: Element) -> None:
    if name == "item":
        found.items += 1
        found.site = found.site or _place(_text(element, "link"))
        _note_item(found, element)
    elif name == "wp:author":
        login = _text(element, "wp:author_login")
        found.names[login] = _text(element, "wp:author_display_name") or login
    elif name == "wp:wxr_version":
        found.version = _own_text(element)
    elif name in {"wp:base_blog_url", "wp:base_site_url", "link"}:
        found.site = found.site or _place(_own_text(element))


def _note_item(found: Overview, element: Element) -> None:
    if _text(element, "wp:post_type") not in {"page", "attachment"}:
        return
    item = _item(element)
    if item.type == "page":
        found.pages.add(item.id)
    elif item.attachment_url:
        alt = item.meta.get("_wp_attachment_image_alt", "")
        found.pictures[item.id] = Picture(item.attachment_url, alt, item.title)


def _says_wordpress(name: str, element: Element) -> bool:
    if name == "item":
        return any(_name(child).startswith("wp:") for child in element)
    return name.startswith("wp:")


def _place(address: str) -> str:
    parts = split(address)
    return f"{parts.hostname or ''}{parts.path.rstrip('/') if not parts.query else ''}"[:200]


def _item(element: Element) -> Item:
    read = _reader(element)
    guid, link, title = read("guid"), read("link"), read("title")
    return Item(
        id=identity(post_id=read("wp:post_id"), guid=guid, link=link, title=title),
        type=read("wp:post_type") or "post",
        status=read("wp:status") or "publish",
        title=title,
        link=link,
        slug=read("wp:post_name"),
        creator=read("dc:creator"),
        html=read("content:encoded") or read("description"),
        excerpt=read("excerpt:encoded"),
        at=moment(
            gmt=read("wp:post_date_gmt"), local=read("wp:post_date"), published=read("pubDate")
        ),
        parent=read("wp:post_parent"),
        password=read("wp:post_password"),
        comment_status=read("wp:comment_status"),
        attachment_url=read("wp:attachment_url") or guid,
        terms=_terms(element),
        meta=_meta(element),
        remarks=_remarks(element),
    )


def _terms(element: Element) -> list[Term]:
    terms = [
        Term(child.get("domain", ""), child.get("nicename", ""), _own_text(child))
        for child in element
        if _name(child) == "category"
    ]
    return [term for term in terms if term.domain and term.name]


def _meta(element: Element) -> dict[str, str]:
    pairs = (child for child in element if _name(child) == "wp:postmeta")
    return {_text(pair, "wp:meta_key"): _text(pair, "wp:meta_value") for pair in pairs}


def _remarks(element: Element) -> list[Remark]:
    found = (child for child in element if _name(child) == "wp:comment")
    return [_remark(child, number) for number, child in enumerate(found)]


def _remark(element: Element, number: int) -> Remark:
    read = _reader(element)
    return Remark(
        id=read("wp:comment_id") or f"#{number}",
        name=read("wp:comment_author"),
        email=read("wp:comment_author_email"),
        html=read("wp:comment_content"),
        at=moment(gmt=read("wp:comment_date_gmt"), local=read("wp:comment_date")),
        approved=read("wp:comment_approved") or "1",
        type=read("wp:comment_type"),
        parent=read("wp:comment_parent"),
    )


def _reader(element: Element) -> Callable[[str], str]:
    return lambda name: _text(element, name)


def _text(element: Element, name: str) -> str:
    return next((_own_text(child) for child in element if _name(child) == name), "")


def _own_text(element: Element) -> str:
    return "".join(element.itertext()).strip()


def _name(element: Element) -> str:
    """Return the element's name with the prefix that WordPress writes: ``wp:post_id``."""
    namespace, found, local = element.tag.rpartition("}")
    if not found:
        return local
    return next((short for part, short in _MEANINGS.items() if part in namespace), "?:") + local


def _elements(path: Path) -> Iterator[tuple[str, Element]]:
    """Walk over the channel's own children, forgetting each once it was handed out."""
    try:
        with path.open("rb") as file:
            yield from _children_of_channel(file)
    except DefusedXmlException as error:
        raise NotReadable("it declares a document type, as no export does") from error
    except ParseError as error:
        raise NotReadable(_complaint(error)) from error
    except OSError as error:
        raise NotReadable(error.strerror or "it cannot be opened") from error
    except (ValueError, LookupError) as error:
        raise NotReadable(f"it is not readable as XML ({error})") from error


def _children_of_channel(file: BinaryIO) -> Iterator[tuple[str, Element]]:
    open_elements: list[Element] = []
    events = iterparse(_Clean(file), events=("start", "end"), forbid_dtd=True)
    for event, element in events:
        if event == "start":
            open_elements.append(element)
            continue
        open_elements.pop()
        if len(open_elements) == 2:  # rss, channel
            yield _name(element), element
            open_elements[-1].remove(element)


def _complaint(error: ParseError) -> str:
    line, column = error.position
    if (line, column) == (1, 0) and error.code in _HALFWAY:
        return "it is empty"
    if error.code in _HALFWAY:
        return f"it stops halfway, at line {line}: is the download complete?"
    return f"it is not XML (line {line}, column {column + 1})"


class _Clean:
    """A file without the control characters that WordPress lets through and XML forbids."""

    def __init__(self, file: BinaryIO) -> None:
        self.file = file
        self.wide = file.read(2) in {b"\xff\xfe", b"\xfe\xff"}  # UTF-16: those bytes are letters
        file.seek(0)
        self.at_start = not self.wide

    def read(self, size: int = -1) -> bytes:
        while chunk := self.file.read(size):
            # An empty answer means the end of the file, so a chunk of nothing is read past.
            if self.wide or (cleaned := self._clean(chunk)):
                return chunk if self.wide else cleaned
        return b""

    def _clean(self, chunk: bytes) -> bytes:
        cleaned = _CONTROL.sub(b"", chunk)
        if self.at_start:
            cleaned = cleaned.lstrip()
            self.at_start = not cleaned
        return cleaned
