"""Where the copies of a mail for many differ: a mark stands there for each copy's own words.

A mark is a random string that nobody can have written in what is mailed.
"""

import re
import secrets
from collections.abc import Iterable, Mapping

from django.utils.html import escape


def make(names: Iterable[str]) -> dict[str, str]:
    """Return a new mark for each of ``names``."""
    return {name: secrets.token_hex(16) for name in names}


def fill(words: str, marks: Mapping[str, str], own: Mapping[str, str], *, is_html: bool) -> str:
    """Return ``words`` with what is ``own``, by name, where its mark stands."""
    for name, mark in marks.items():
        words = words.replace(mark, escape(own[name]) if is_html else own[name])
    return words


def cut(words: str, marks: Mapping[str, str]) -> list[str]:
    """Return ``words`` in pieces: what all say, then the name of what is own, and so on."""
    if not marks:
        return [words]
    names = {mark: name for name, mark in marks.items()}
    pieces = re.split(f"({'|'.join(map(re.escape, names))})", words)
    return [names.get(piece, piece) if odd % 2 else piece for odd, piece in enumerate(pieces)]
