"""What rules look at: a comment as its readers see it, and where it came from."""

import html
import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

from community.comments import text
from community.comments.blocking import hosts
from community.comments.blocking.folding import Folded

_TAG = re.compile(r"<[^>]*>")  # of our own HTML, in which no value holds a ">"


def visible(text_html: str) -> str:
    """Return the words of our own HTML: what a mark or an entity hides is shown."""
    return html.unescape(_TAG.sub("", text_html)).strip()


@dataclass(frozen=True)
class Candidate:
    """One comment: ``typed`` as its writer did, or in our own ``html``, which is then read.

    ``network_rules`` are the keys of those that matched when it was sent.
    """

    typed: str = ""
    html: str = ""
    name: str = ""
    email: str = ""
    network_key: str = ""
    network_rules: Collection[int] = ()

    @cached_property
    def text_html(self) -> str:
        return self.html or text.to_html(self.typed)

    @cached_property
    def words(self) -> Folded:
        return Folded(visible(self.text_html))

    @cached_property
    def named(self) -> Folded:
        return Folded(self.name)

    @cached_property
    def hosts(self) -> list[str]:
        """The hosts that are linked or named, each once."""
        named = (host for _span, host in hosts.standing(self.words.text))
        return list(dict.fromkeys([*hosts.linked(self.text_html), *named]))
