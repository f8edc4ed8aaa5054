"""Which tests run on which database.

Everything runs on SQLite, which the demo uses and which is quicker. On PostgreSQL, which
a live site uses and which refuses more, runs again what may come out otherwise there:

- by itself, what commits (races, locks, faults) or searches;
- the rooms of `QUEUES`, which are queues in the database from top to bottom, but for what
  is `SHOWN` of them;
- what is marked ``both``. Mark a module that is about constraints, triggers, counters,
  bulk inserts, JSON, days and months, upper and lower case, or migrations; and of each
  room the one module that walks through most of it.

With ``QUICK=1`` what is marked ``long`` is left out: kills, crawls, storms of writers, each
door for each role, each screen of the editors under axe.

With ``EVERYWHERE=1``, as in CI, races take longer, and all that asks for a database runs on
PostgreSQL again, but for what is about something else (``once``): what asks for no database
at all is that by itself, and a module that sweeps through pages, forms or texts is marked so.
What starts programs of its own (``processes``) brings its own database. ``pytest`` by itself
runs anything on any database.
"""

from pathlib import Path
from typing import NamedTuple

import pytest

from tests.shares import EVERYWHERE, QUICK

HERE = Path(__file__).parent
QUEUES = (HERE / "mail", HERE / "community" / "digests")
SHOWN = {"composing", "reports", "rendering", "screen", "trying", "views", "viewsets", "webhooks"}
DATABASE = {"db", "transactional_db", "django_db_reset_sequences", "django_db_setup"}
MAY_DIFFER = {"transactional_db", "django_db_reset_sequences", "search_index"}


class Turn(NamedTuple):
    """What of the suite to run: pytest's ``-m`` and in how many shares, by where."""

    postgresql: tuple[str, int]
    sqlite: tuple[str, int]
    journeys: tuple[str, int]


_REST = " and not long" if QUICK else ""
_MAY = f"not journey and not processes and not once{_REST}"
TURN = Turn(
    postgresql=(_MAY, 2) if EVERYWHERE else (f"{_MAY} and both", 1),
    sqlite=(f"not journey{_REST}", 3),
    journeys=(f"journey{_REST}", 2),
)


def mark(item: pytest.Item) -> None:
    """Mark ``item`` with ``once``, which asks for no database, or ``both``, where that counts."""
    asked = set(item.fixturenames)
    if not (asked & DATABASE or item.get_closest_marker("django_db")):
        item.add_marker("once")
    elif asked & MAY_DIFFER or commits(item) or is_queued(item.path):
        item.add_marker("both")


def is_queued(path: Path) -> bool:
    """Return whether the module at ``path`` is about a queue, and not about what shows it."""
    is_shown = path.stem.removeprefix("test_") in SHOWN
    return not is_shown and any(room in path.parents for room in QUEUES)


def commits(item: pytest.Item) -> bool:
    """Return whether ``item`` writes for good, and so ends with an empty database."""
    marked = item.get_closest_marker("django_db")
    return bool(marked and marked.kwargs.get("transaction"))
