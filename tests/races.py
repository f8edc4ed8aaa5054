"""Several people at once."""

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

from django.db import connection


def together(count: int, function: Callable, *args, patience: float = 60, **kwargs) -> list[Any]:
    """Call ``function`` from ``count`` threads that start at one moment.

    Return what each call gave, or the exception that it raised; `TimeoutError` for
    one that takes more than ``patience`` seconds.
    """
    barrier = Barrier(count, timeout=30)
    results: list[Any] = [TimeoutError(patience)] * count

    def run(number: int) -> None:
        try:
            barrier.wait()
            results[number] = function(*args, **kwargs)
        except Exception as error:  # the test looks at it
            results[number] = error
        finally:
            connection.close()

    threads = [Thread(target=run, args=[number]) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(patience)
    return results
