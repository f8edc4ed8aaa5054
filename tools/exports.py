"""The tool library as rows, for other people's spreadsheets and programs."""

import csv
from collections.abc import Iterable

from django.utils.translation import get_language

from core.addresses import absolute
from core.spreadsheets import cell
from tools.filters import ToolFilter
from tools.models import ToolPage

COLUMNS = [
    "name",
    "address",
    "one_line",
    "question",
    "process",
    "category",
    "stage",
    "evidence",
    "owner",
    "origin",
    "licence",
    "minutes_min",
    "minutes_max",
    "cost",
    "skill",
    "checked_date",
    "website",
]


def rows(chosen: ToolFilter) -> list[dict]:
    """Return one row per published tool that fits ``chosen``, in the language of the address."""
    tools = ToolPage.objects.published().with_card_fields().filter(**chosen.lookups())
    return [_row(tool) for tool in tools.filter(locale__language_code=get_language())]


def write_csv(file, found: Iterable[dict]) -> None:
    """Write ``found`` as CSV (RFC 4180) with a header, each cell safe for a spreadsheet."""
    writer = csv.DictWriter(file, COLUMNS)
    writer.writeheader()
    writer.writerows({name: cell(value) for name, value in row.items()} for row in found)


def _row(tool: ToolPage) -> dict:
    """Return the row of ``tool``: codes as the vocabulary has them, ``None`` for unknown."""
    return {
        "name": tool.title,
        "address": absolute(tool.get_absolute_url()),
        "owner": tool.owner_organisation.name if tool.owner_organisation else None,
        "checked_date": tool.checked_date.isoformat() if tool.checked_date else None,
        "website": tool.website or None,
        **{
            name: getattr(tool, name)
            for name in COLUMNS
            if name not in {"name", "address", "owner", "checked_date", "website"}
        },
    }
