"""Attack strings and strings that break software, which others collected; none of it is ours.

They lie beside the project. Without them a test is skipped, but not in CI.

All of them go through the functions that decide: what makes HTML of a text, what escapes
a name. A request or a mail of its own gets `one_of_each_kind`, a page with many of them `spread`.
With ``THOROUGH=1`` every string goes through every page and form, and 300 through a browser.
"""

import json
import os
import re
from collections.abc import Sequence
from pathlib import Path

import pytest

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
IN_CI = os.environ.get("CI", "").lower() == "true"
MARKS = set("<\"'&")  # which begin or end a tag, a value or a character
SCHEME = re.compile(r"script\s*:|data:", re.IGNORECASE)
ADDRESS = re.compile(r"https?:|www|@")
needs_data = pytest.mark.skipif(
    not DATA.is_dir() and not IN_CI,
    reason="the attacks that others collected lie beside the project, and not on this machine",
)


def attacks() -> list[str]:
    """Return 6,613 strings that have run as a script somewhere."""
    return _read("xss-payloads.txt").splitlines()


def naughty() -> list[str]:
    """Return 515 strings that have broken software somewhere."""
    return json.loads(_read("naughty-strings.json"))


def spread(strings: Sequence[str], count: int) -> list[str]:
    """Return ``count`` of ``strings``, at equal distances, so of every kind in the list."""
    step = len(strings) / count
    return [strings[int(number * step)] for number in range(count)]


def one_of_each_kind(strings: Sequence[str], number: int = 0) -> list[str]:
    """Return one of each kind in ``strings``, about fifty; another for another ``number``."""
    kinds: dict[tuple[object, ...], list[str]] = {}
    for string in strings:
        kinds.setdefault(_kind(string), []).append(string)
    return [alike[number % len(alike)] for alike in kinds.values()]


def _kind(string: str) -> tuple[object, ...]:
    """Return what decides how ``string`` is read: its marks, its addresses, its odd characters."""
    return (
        frozenset(MARKS & set(string)),
        bool(SCHEME.search(string)),
        bool(ADDRESS.search(string)),
        any(character < " " for character in string),
        string.isascii(),
    )


def _read(name: str) -> str:
    return (DATA / name).read_text(encoding="utf-8", errors="replace")
