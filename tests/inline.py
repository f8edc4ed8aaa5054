"""Whether the templates keep to the content security policy: nothing inline.

Mails are the exception: their style sheet is inlined because mail readers want that.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
INLINE = {
    "a style sheet": re.compile(r"<style\b", re.IGNORECASE),
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "an event handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "a script": re.compile(
        r"<script\b(?![^>]*(\bsrc\s*=|type=\"application/(ld\+)?json\"))", re.IGNORECASE
    ),
    "a script address": re.compile(r"=\s*[\"']?\s*javascript:", re.IGNORECASE),
}


def found_in(source: str) -> Iterator[tuple[int, str]]:
    """Yield the line number and kind of everything inline in a template's ``source``."""
    for kind, pattern in INLINE.items():
        for match in pattern.finditer(source):
            yield source.count("\n", 0, match.start()) + 1, kind


def templates(root: Path) -> Iterator[Path]:
    """Yield the templates of pages, without those of mails."""
    for path in sorted(root.glob("**/templates/**/*.html")):
        parts = path.relative_to(root).parts
        if "mail" not in parts and not parts[0].startswith("."):
            yield path


if __name__ == "__main__":
    faults = [
        f"{path.relative_to(ROOT)}:{line}: {kind}"
        for path in templates(ROOT)
        for line, kind in found_in(path.read_text(encoding="utf-8"))
    ]
    sys.exit("\n".join(faults) if faults else 0)
