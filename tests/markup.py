"""What is in a page of HTML that should not be, as a parser finds it."""

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from html.parser import HTMLParser

# What a comment's text may be made of.
_TAGS = ("p", "br", "a", "em", "strong", "ul", "ol", "li", "blockquote", "code", "pre")
IN_COMMENTS = {(name, None) for name in _TAGS} | {("a", "href"), ("a", "rel"), ("ol", "start")}
# An element that does something stands in a page exactly as it stands in a harmless one.
ACTIVE = {
    *("script", "style", "iframe", "frame", "object", "embed", "applet", "link", "meta", "base"),
    *("form", "svg", "math", "template", "noscript", "portal", "video", "audio", "source", "img"),
}
ADDRESSES = {
    *("href", "src", "action", "formaction", "srcset", "poster", "data", "cite", "background"),
    *("ping", "longdesc", "manifest", "xlink:href", "icon", "profile", "codebase"),
}
SCHEMES = {"http", "https", "mailto"}
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_INVISIBLE = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202f\ufeff]")
_OURS = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{32}\.[\w.:-]+|\b\d+\b|[\w-]{43,}")

Pair = tuple[str, str | None]


class Inventory(HTMLParser):
    """The elements of a page, their attributes, and where they lead."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.pairs: set[Pair] = set()
        self.active: Counter[str] = Counter()
        self.schemes: set[tuple[str, str, str]] = set()
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.pairs.add((tag, None))
        self.pairs |= {(tag, name) for name, _value in attrs}
        if tag in ACTIVE:
            self.active[_form(tag, attrs)] += 1
        for name, value in attrs:
            if name in ADDRESSES and (scheme := scheme_of(value or "")) not in SCHEMES | {""}:
                self.schemes.add((tag, name, scheme))

    handle_startendtag = handle_starttag


def scheme_of(address: str) -> str:
    """Return the scheme as a browser reads it, which looks through what is invisible."""
    found = _SCHEME.match(_INVISIBLE.sub("", address))
    return found.group(1).lower() if found else ""


def strangers(html: str, harmless: Iterable[str]) -> list[str]:
    """Return what in ``html`` is neither in ``harmless`` pages of its kind nor in any comment."""
    page, known = Inventory(html), [_inventory(one) for one in harmless]
    pairs = IN_COMMENTS.union(*(one.pairs for one in known))
    active = {form for one in known for form in one.active}
    schemes = {scheme for one in known for scheme in one.schemes}
    return [
        *(f"{tag} {name or ''}" for tag, name in sorted(page.pairs - pairs, key=str)),
        *(form for form in page.active if form not in active),
        *(" ".join(one) for one in sorted(page.schemes - schemes)),
    ]


@lru_cache(maxsize=200)
def _inventory(html: str) -> Inventory:
    """Keep what is in a harmless page: many are held against the same few."""
    return Inventory(html)


def _form(tag: str, attrs: list[tuple[str, str | None]]) -> str:
    """Return an element as text, with our own numbers and keys left out."""
    said = " ".join(f'{name}="{_OURS.sub("…", value or "")}"' for name, value in attrs)
    return f"<{tag} {said}>"
