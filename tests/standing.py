"""What takes long to make, made once for the tests of a module, and undone after them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import transaction

_standing: list[object] = []


def is_anything_standing() -> bool:
    """Return whether tests begin with more than every other test does."""
    return bool(_standing)


def stands(make: Callable[[], Any]) -> Any:
    """Return a fixture of a module, of what ``make`` makes in the database.

    A test that asks for it asks for ``db`` as well: what it changes is undone after it.
    """

    @pytest.fixture(scope="module")
    def made(django_db_setup: None, django_db_blocker: Any) -> Iterator[Any]:
        with django_db_blocker.unblock(), standing():
            yield make()

    return made


@contextmanager
def standing() -> Iterator[None]:
    """Let what is written at first stand until the end, and then undo it."""
    with transaction.atomic():
        _standing.append(object())
        try:
            yield
        finally:
            _standing.pop()
        transaction.set_rollback(True)
