"""A progress bar for long work: on a terminal only, so that pipes stay quiet."""

import sys
from collections.abc import Iterable, Iterator
from typing import TextIO, TypeVar

_WIDTH = 40  # characters
T = TypeVar("T")


def bar(things: Iterable[T], total: int, *, stream: TextIO | None = None) -> Iterator[T]:
    """Hand out ``things`` one by one, and draw how many of ``total`` are done."""
    stream = stream or sys.stderr
    if not stream.isatty() or not total:
        yield from things
        return
    for done, thing in enumerate(things):
        filled = _WIDTH * done // total
        stream.write(f"\r[{'#' * filled}{' ' * (_WIDTH - filled)}] {done}/{total}")
        stream.flush()
        yield thing
    stream.write(f"\r[{'#' * _WIDTH}] {total}/{total}\n")
