"""Subscribers as a file, written line by line."""

import csv
from collections.abc import Iterator
from typing import Any

from community.subscriptions import offers, selections
from community.subscriptions.models import Subscription
from core.spreadsheets import cell

CHUNK = 1000  # subscriptions in memory at a time
BYTE_ORDER_MARK = "\ufeff"  # without it, Excel takes UTF-8 for a Western code page
FIELDS = [
    "email",
    "state",
    "frequency",
    "weekday",
    "hour",
    "time_zone",
    "paused_until",
    "language",
    "consent_text",
    "consent_version",
    "consent_page",
]
MOMENTS = ["requested_at", "confirmed_at", "ended_at"]
COLUMNS = [*FIELDS, *MOMENTS, "choices"]


class _Echo:
    """A file that gives back what is written to it."""

    def write(self, value: str) -> str:
        return value


def as_csv() -> Iterator[str]:
    """Yield every subscription as CSV (RFC 4180) with a header, each cell safe for a spreadsheet.

    Moments are in UTC, by ISO 8601; choices are parted by spaces.
    """
    writer = csv.writer(_Echo())
    yield BYTE_ORDER_MARK + writer.writerow(COLUMNS)
    everyone = Subscription.objects.order_by("pk").prefetch_related("choices")
    for subscription in everyone.iterator(chunk_size=CHUNK):
        yield writer.writerow([cell(value) for value in _row(subscription)])


def _row(subscription: Subscription) -> list[Any]:
    moments = [getattr(subscription, name) for name in MOMENTS]
    return [
        *(getattr(subscription, name) for name in FIELDS),
        *(moment.isoformat() if moment else "" for moment in moments),
        " ".join(offers.values_of(selections.of(subscription))),
    ]
