"""Attack strings and strings that break software, which others collected; none of it is ours.

They lie beside the project. Without them a test is skipped, but not in CI.
"""

import json
import os
from collections.abc import Sequence
from pathlib import Path

import pytest

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
IN_CI = os.environ.get("CI", "").lower() == "true"
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


def _read(name: str) -> str:
    return (DATA / name).read_text(encoding="utf-8", errors="replace")
