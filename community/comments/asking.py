"""Many small questions to the database at once."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import BigIntegerField, F, Func, QuerySet, Subquery


def ask(questions: dict[str, Subquery]) -> dict[str, Any]:
    """Return the answer to each of ``questions``, which ask for one value; one query for all.

    They stand beside a row of a table that is never empty: Django knows no query
    without a table.
    """
    return dict(ContentType.objects.order_by("pk").values(**questions)[:1].get())


def count(rows: QuerySet) -> Subquery:
    """Ask how many ``rows`` there are."""
    return Subquery(rows.order_by().values(count=_over_all("pk", "COUNT")))


def total(rows: QuerySet, column: str) -> Subquery:
    """Ask for the sum of ``column``; that of nothing is ``None``."""
    return Subquery(rows.order_by().values(total=_over_all(column, "SUM")))


def first(rows: QuerySet, column: str) -> Subquery:
    """Ask for ``column`` of the first of ``rows``; without any that is ``None``."""
    return Subquery(rows.values(column)[:1])


def _over_all(column: str, function: str) -> Func:
    """Return a sum over all rows. Django's own would group them, and give none for none."""
    return Func(F(column), function=function, output_field=BigIntegerField())
