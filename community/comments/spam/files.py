"""Files of examples: ``text,is_spam``, with any other columns."""

import csv
from collections.abc import Iterator
from pathlib import Path

COLUMNS = ("text", "is_spam")
_MEANINGS = {"1": True, "true": True, "0": False, "false": False}


class NotReadable(ValueError):
    """A file that nothing can be learned from, and why, in one line."""


def read(path: Path) -> list[tuple[str, bool]]:
    """Return the texts of the CSV file at ``path``, in UTF-8, and whether each is spam.

    Rows without a text are left out. Raises `NotReadable`.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return list(_texts(csv.DictReader(file)))
    except OSError as error:
        raise NotReadable(error.strerror or "it cannot be opened") from error
    except UnicodeDecodeError as error:
        raise NotReadable("it is not UTF-8") from error


def _texts(rows: csv.DictReader) -> Iterator[tuple[str, bool]]:
    try:
        missing = [name for name in COLUMNS if name not in (rows.fieldnames or [])]
        if missing:
            raise NotReadable(f"it has no column {missing[0]!r}")
        for row in rows:
            word = (row["is_spam"] or "").strip().lower()
            if word not in _MEANINGS:
                raise NotReadable(f"line {rows.line_num}: is_spam is {word[:40]!r}, not 0 or 1")
            if text := (row["text"] or "").strip():
                yield text, _MEANINGS[word]
    except csv.Error as error:
        raise NotReadable(f"line {rows.line_num}: {error}") from error
