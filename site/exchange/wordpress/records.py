"""What a WXR export holds, item by item, before anything is made of it."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import SplitResult, parse_qs, urlsplit


@dataclass(frozen=True)
class Term:
    """A category or a tag that an item carries."""

    domain: str
    slug: str
    name: str


@dataclass(frozen=True)
class Remark:
    """A comment as WordPress wrote it down; without the address that it was sent from."""

    id: str
    name: str
    email: str
    html: str
    at: datetime | None
    approved: str
    type: str
    parent: str


@dataclass
class Item:
    """A post, a page, a picture, or something else that WordPress keeps among them."""

    id: str
    type: str
    status: str
    title: str
    link: str
    slug: str
    creator: str
    html: str
    excerpt: str
    at: datetime | None
    parent: str
    password: str
    comment_status: str
    attachment_url: str
    terms: list[Term] = field(default_factory=list)
    meta: dict[str, str] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)


@dataclass(frozen=True)
class Picture:
    """A picture of the export's own library."""

    url: str
    alt: str
    title: str


@dataclass
class Overview:
    """What holds for the whole file, gathered before the first item is brought in."""

    site: str = ""
    version: str = ""
    items: int = 0
    names: dict[str, str] = field(default_factory=dict)  # login -> name to show
    pages: set[str] = field(default_factory=set)  # the ids of all pages
    pictures: dict[str, Picture] = field(default_factory=dict)  # item id -> picture

    @property
    def picture_addresses(self) -> dict[str, Picture]:
        return {picture.url: picture for picture in self.pictures.values()}


def identity(*, post_id: str, guid: str, link: str, title: str) -> str:
    """Return what tells an item from all others of its site, also where its number is missing."""
    if post_id:
        return post_id
    for address in (guid, link):
        number = parse_qs(split(address).query).get("p", [""])[0]
        if number.isdecimal():
            return number
    return short(guid or link or title)


def short(key: str) -> str:
    """Return ``key``, or its hash when it is too long to be kept."""
    return key if len(key) <= 255 else hashlib.sha256(key.encode()).hexdigest()


def split(address: str) -> SplitResult:
    """Return the parts of ``address``; an unreadable one has none."""
    try:
        return urlsplit(address.strip())
    except ValueError:
        return urlsplit("")
