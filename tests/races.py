"""Several people at once."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import Context
from threading import Barrier
from typing import Any

from django.db import connection

# Each is one thread. Some stay from one race to the next, for their connections: on
# PostgreSQL it takes as long to open one as to run most races.
_people: list[ThreadPoolExecutor] = []
STAY = 8


def together(count: int, function: Callable, *args, patience: float = 60, **kwargs) -> list[Any]:
    """Call ``function`` from ``count`` threads that start at one moment.

    Return what each call gave, or the exception that it raised; `TimeoutError` for
    one that takes more than ``patience`` seconds.
    """
    barrier = Barrier(count, timeout=30)
    _people.extend(ThreadPoolExecutor(1) for _ in range(len(_people), count))

    def run() -> Any:
        barrier.wait()
        try:
            return function(*args, **kwargs)
        finally:
            if connection.errors_occurred or connection.in_atomic_block:
                connection.close()

    people = _people[:count]
    # In a context of its own each forgets what language the last race was in.
    calls = [person.submit(Context().run, run) for person in people]
    results = [_outcome(call, patience) for call in calls]
    for person, call in zip(people, calls, strict=True):
        if not call.done():
            _people.remove(person)
            _send_home(person, wait=False)
    go_home(stay=STAY)
    return results


def _outcome(call: Future, patience: float) -> Any:
    try:
        return call.result(patience)
    except Exception as error:  # the test looks at it
        return error


def go_home(*, stay: int = 0) -> None:
    """End all threads but as many as ``stay``, and their connections."""
    while len(_people) > stay:
        _send_home(_people.pop(), wait=True)


def _send_home(person: ThreadPoolExecutor, *, wait: bool) -> None:
    """End a thread and its connection, once it has done what it was asked to."""
    person.submit(lambda: connection.close())  # the thread's own, so looked up there
    person.shutdown(wait=wait)
