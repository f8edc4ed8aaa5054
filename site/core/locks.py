"""Taking turns, by name, for as long as a transaction lasts.

PostgreSQL's advisory locks; SQLite's IMMEDIATE transactions take turns by themselves.
"""

import hashlib
from collections.abc import Iterable

from django.db import connection


def wait_for(names: Iterable[str]) -> None:
    """Wait until no other transaction has any of ``names``; they are then this one's.

    Always in one order, so that two who want the same names never wait for each other.
    """
    for number in sorted({_number(name) for name in names}):
        _ask("SELECT pg_advisory_xact_lock(%s)", number)


def take(name: str) -> bool:
    """Take ``name``, or return that another transaction has it."""
    return _ask("SELECT pg_try_advisory_xact_lock(%s)", _number(name)) is not False


def _ask(question: str, number: int) -> bool | None:
    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute(question, [number])
        return cursor.fetchone()[0]


def _number(name: str) -> int:
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big", signed=True)
