"""In which order threads are read, and where the next page of them begins."""

from enum import StrEnum
from typing import Self

from django.db.models import Q, QuerySet


class Order(StrEnum):
    """The orders of threads; replies always stand oldest first."""

    OLDEST = "oudste"
    NEWEST = "nieuwste"
    APPRECIATED = "gewaardeerd"

    @classmethod
    def named(cls, name: str | None) -> Self:
        """Return the order called ``name``; oldest first for a name that we do not know."""
        return cls(name) if name in set(cls) else cls(cls.OLDEST)

    def sort(self, threads: QuerySet) -> QuerySet:
        """Order ``threads``, to the last key."""
        return threads.order_by(*_FIELDS[self])

    def after(self, threads: QuerySet, key: str) -> QuerySet | None:
        """Return the ``threads`` that come after ``key``, or ``None`` for a key that is odd.

        ``key`` is what `key_of` gave for the last thread that was shown: new threads
        before it then shift nothing.
        """
        number, _dot, path = key.partition(".")
        if not (number.isascii() and number.isdigit() and len(number) < 10 and path.isalnum()):
            return None
        if self == Order.OLDEST:
            return threads.filter(path__gt=path)
        if self == Order.NEWEST:
            return threads.filter(path__lt=path)
        lower = Q(appreciation__lt=int(number))
        return threads.filter(lower | Q(appreciation=int(number), path__gt=path))

    @staticmethod
    def key_of(path: str, appreciation: int) -> str:
        """Return where the thread of ``path`` stands, for the address of the next page."""
        return f"{appreciation}.{path}"


_FIELDS = {
    Order.OLDEST: ["path"],
    Order.NEWEST: ["-path"],
    Order.APPRECIATED: ["-appreciation", "path"],
}
