"""Many rows of models that stand in several tables, in a few inserts."""

from collections.abc import Sequence

from django.db import connections, models, router


def insert_part(model: type[models.Model], rows: Sequence[models.Model]) -> None:
    """Insert what stands of ``rows`` in ``model``'s own table, and nothing else.

    ``bulk_create`` refuses models of more than one table, so those are written
    table by table: the first with ``bulk_create``, which gives the primary keys,
    the others with this. ``rows`` may be of a model below ``model``.
    """
    fields = model._meta.local_concrete_fields
    connection = connections[router.db_for_write(model)]
    size = max(connection.ops.bulk_batch_size(fields, rows), 1)
    for start in range(0, len(rows), size):
        model._base_manager._insert(rows[start : start + size], fields=fields, raw=True)  # type: ignore[attr-defined]


def part(row: models.Model, model: type[models.Model]) -> models.Model:
    """Return what stands of ``row`` in ``model``, a table above its own, still to be inserted."""
    names = [field.attname for field in model._meta.concrete_fields]
    return model(**{name: getattr(row, name) for name in names})
