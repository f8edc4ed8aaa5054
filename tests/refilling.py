"""What the tests begin with, put back after a test that commits.

Django empties every table anew, makes its content types and permissions again, and with
``serialized_rollback`` saves each row by itself. That took over two seconds a test. Here
the rows are copied once, and copied back where Django empties the tables.
"""

from collections.abc import Iterator

from django.core.management.commands import flush
from django.db import connection

PREFIX = "begun_"  # of the tables that keep what the tests began with


def begin() -> None:
    """Keep every row there is now, and let Django end a test that commits with these."""
    if hasattr(connection, "_test_serialized_contents"):  # else Django puts rows back as well
        del connection._test_serialized_contents
    kept = {table: ", ".join(_columns(table)) for table in _tables() if _has_rows(table)}
    with connection.cursor() as cursor:
        for table, columns in kept.items():
            copy = _quoted(PREFIX + table)
            cursor.execute(f"DROP TABLE IF EXISTS {copy}")
            select = f"SELECT {columns} FROM {_quoted(table)}"  # noqa: S608  names of our own
            cursor.execute(f"CREATE TABLE {copy} AS {select}")
    connection.ops.sql_flush = lambda _style, tables, **_options: list(_refill(tables, kept))
    flush.emit_post_migrate_signal = lambda *_args, **_kwargs: None


def _refill(tables: list[str], kept: dict[str, str]) -> Iterator[str]:
    """Return what empties ``tables``, and fills those that are ``kept`` with their columns."""
    for table in tables:
        yield f"DELETE FROM {_quoted(table)}"  # noqa: S608
    for table, columns in kept.items():
        copy = _quoted(PREFIX + table)
        yield f"INSERT INTO {_quoted(table)} ({columns}) SELECT {columns} FROM {copy}"  # noqa: S608


def _tables() -> list[str]:
    return connection.introspection.django_table_names(only_existing=True, include_views=False)


def _has_rows(table: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT 1 FROM {_quoted(table)} LIMIT 1")  # noqa: S608
        return cursor.fetchone() is not None


def _columns(table: str) -> list[str]:
    with connection.cursor() as cursor:
        described = connection.introspection.get_table_description(cursor, table)
    return [_quoted(column.name) for column in described]


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
