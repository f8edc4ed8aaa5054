"""The body of a post or page as a StreamField's raw data, with its pictures found."""

from dataclasses import dataclass
from html import escape
from typing import Any

from core.models import CustomImage
from exchange.wordpress import markup
from exchange.wordpress.pictures import Pictures
from exchange.wordpress.records import Item, Overview

_PARAGRAPHS = ["p", "h2", "h3", "h4", "li", "blockquote"]


@dataclass
class Story:
    """An item's text in blocks, whose images are still addresses."""

    item: Item
    blocks: list[markup.Block]
    pictures: Pictures
    cover: str = ""
    cover_alt: str = ""

    def fetch(self) -> None:
        """Get the pictures that are not here yet; outside any transaction."""
        for address in [self.cover, *(value["src"] for value in self._images())]:
            self.pictures.fetch(address)

    def body(self) -> list[dict[str, Any]]:
        """Return the raw data; a picture that could not be had leaves its caption."""
        return [
            {"type": kind, "value": value}
            for kind, value in map(self._resolved, self.blocks)
            if value
        ]

    def cover_image(self) -> CustomImage | None:
        return self.pictures.keep(self.cover) if self.cover else None

    def lines(self) -> list[str]:
        """Return the paragraphs as plain text: where a signature may stand."""
        return [
            " ".join(found.get_text().split())
            for kind, value in self.blocks
            if kind == "text"
            for found in markup.parse(value).find_all(_PARAGRAPHS)
        ]

    def _images(self) -> list[dict[str, str]]:
        return [value for kind, value in self.blocks if kind == "image"]

    def _resolved(self, block: markup.Block) -> markup.Block:
        kind, value = block
        if kind != "image":
            return block
        image = self.pictures.keep(value["src"], title=value["alt_text"])
        if image is not None:
            return kind, {**_words(value, self.pictures), "image": image.pk}
        caption = escape(value["caption"], quote=False)
        return "text", f"<p>{caption}</p>" if caption else ""


def of(item: Item, *, overview: Overview, pictures: Pictures) -> Story:
    """Return the story of ``item``, with full addresses for its pictures."""
    blocks = markup.blocks(item.html, overview.pictures)
    for kind, value in blocks:
        if kind == "image":
            value["src"] = pictures.address(value["src"], page=item.link)
    cover = overview.pictures.get(item.meta.get("_thumbnail_id", ""))
    return Story(
        item=item,
        blocks=blocks,
        pictures=pictures,
        cover=cover.url if cover else "",
        cover_alt=cover.alt[:250] if cover else "",
    )


def _words(value: dict[str, str], pictures: Pictures) -> dict[str, str]:
    original = pictures.originals.get(value["src"])
    alt = value["alt_text"] or (original.alt if original else "") or value["caption"]
    return {"alt_text": alt[:250], "caption": value["caption"][:250]}
