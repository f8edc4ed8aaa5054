"""The database's own word that the log only grows: triggers on PostgreSQL and SQLite."""

from django.db.backends.base.base import BaseDatabaseWrapper

TABLE = "moderation_act"
ACTS = ("update", "delete")
EMPTY = "truncate"  # which only PostgreSQL knows
MESSAGE = "the moderation log only grows"

_FUNCTION = f"""
    CREATE OR REPLACE FUNCTION {TABLE}_refuse() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'restrict_violation'; END $$
"""


def protect(connection: BaseDatabaseWrapper) -> None:
    """Make the database refuse to change or delete a line of the log; harmless twice."""
    statements = _FOR_POSTGRESQL if connection.vendor == "postgresql" else _FOR_SQLITE
    _run(connection, statements)


def release(connection: BaseDatabaseWrapper) -> None:
    """Take that back: for going back in migrations, and for emptying a database of tests."""
    on = f" ON {TABLE}" if connection.vendor == "postgresql" else ""
    acts = (*ACTS, EMPTY)
    _run(connection, [f"DROP TRIGGER IF EXISTS {TABLE}_no_{act}{on}" for act in acts])


def _run(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


_FOR_SQLITE = [
    f"CREATE TRIGGER IF NOT EXISTS {TABLE}_no_{act} BEFORE {act.upper()} ON {TABLE}"
    f" BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
    for act in ACTS
]
_FOR_POSTGRESQL = [
    _FUNCTION,
    *[
        f"CREATE OR REPLACE TRIGGER {TABLE}_no_{act} BEFORE {act.upper()} ON {TABLE}"
        f" FOR EACH {'STATEMENT' if act == EMPTY else 'ROW'} EXECUTE FUNCTION {TABLE}_refuse()"
        for act in (*ACTS, EMPTY)
    ],
]
