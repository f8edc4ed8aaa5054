"""Copies of a mail for many, put into the outbox by the hundred.

Most columns say the same in all copies. What `bulk_create` works out for each of some
twenty columns of every row is worked out once here.
"""

from typing import Any

from django.db import connection

from mail.models import Message

ROWS = 500  # in one statement
_FIELDS = [field for field in Message._meta.local_concrete_fields if not field.primary_key]


def insert(like: Message, own: list[dict[str, Any]]) -> list[int]:
    """Write down a message like ``like`` for each of ``own``; return their primary keys, in order.

    Each of ``own`` has by the same names what is that message's own, its ``key`` too.
    """
    keys: list[int] = []
    for start in range(0, len(own), ROWS):
        keys += _insert(like, own[start : start + ROWS])
    return keys


def _insert(like: Message, own: list[dict[str, Any]]) -> list[int]:
    alike = [field.get_db_prep_save(field.pre_save(like, True), connection) for field in _FIELDS]
    differing = [(place, field) for place, field in enumerate(_FIELDS) if field.name in own[0]]
    values: list[Any] = []
    for words in own:
        row = alike.copy()
        for place, field in differing:
            row[place] = field.get_db_prep_save(words[field.name], connection)
        values += row
    with connection.cursor() as cursor:
        cursor.execute(_statement(len(own)), values)
        return [key for (key,) in cursor.fetchall()]


def _statement(rows: int) -> str:
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in _FIELDS)
    row = f"({', '.join(['%s'] * len(_FIELDS))})"
    into = f"INSERT INTO {quote(Message._meta.db_table)} ({columns})"
    return f"{into} VALUES {', '.join([row] * rows)} RETURNING {quote('id')}"
