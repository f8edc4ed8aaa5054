"""The log as files, for whoever checks what editors do; written line by line."""

import csv
import json
from collections.abc import Iterator

from django.db.models import QuerySet

from community.moderation.models import Act
from core.spreadsheets import cell

CHUNK = 2000  # lines in memory at a time
BYTE_ORDER_MARK = "\ufeff"  # without it, Excel takes UTF-8 for a Western code page
COLUMNS = [
    "number",
    "at",
    "kind",
    "who",
    "comment",
    "page",
    "from",
    "to",
    "reason",
    "initiative",
    "software_had_a_doubt",
    "explanation",
    "note",
    "undoes",
]


class _Echo:
    """A file that gives back what is written to it."""

    def write(self, value: str) -> str:
        return value


def as_csv(acts: QuerySet[Act]) -> Iterator[str]:
    """Yield ``acts`` as CSV (RFC 4180) with a header, each cell safe for a spreadsheet."""
    writer = csv.writer(_Echo())
    yield BYTE_ORDER_MARK + writer.writerow(COLUMNS)
    for row in _rows(acts):
        yield writer.writerow([cell(row[name]) for name in COLUMNS])


def as_json(acts: QuerySet[Act]) -> Iterator[str]:
    """Yield ``acts`` as one JSON array, an object a line."""
    yield "["
    before = "\n"
    for row in _rows(acts):
        yield before + json.dumps(row, ensure_ascii=False)
        before = ",\n"
    yield "\n]\n"


def _rows(acts: QuerySet[Act]) -> Iterator[dict]:
    """Yield one row per act: codes as the database has them, moments in UTC by ISO 8601."""
    for act in acts.iterator(chunk_size=CHUNK):
        yield _row(act)


def _row(act: Act) -> dict:
    return {
        "number": act.pk,
        "at": act.at.isoformat(),
        "kind": act.kind,
        "who": _who(act),
        "comment": str(act.public_id) if act.public_id else "",
        "page": act.page_title,
        "from": act.from_status,
        "to": act.to_status,
        "reason": act.reason_id or "",
        "initiative": act.initiative,
        "software_had_a_doubt": act.was_flagged,
        "explanation": act.explanation,
        "note": act.note,
        "undoes": act.undoes_id,
    }


def _who(act: Act) -> str:
    """Return the user name; a number for an account that is gone, and nothing for software."""
    if act.moderator:
        return act.moderator.get_username()
    return f"#{act.moderator_id}" if act.moderator_id else ""
