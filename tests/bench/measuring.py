"""Counting queries and CPU time."""

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from users.models import User

WARM_UPS = 3
REPETITIONS = 25
_TRANSACTION = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")


class NotHere(Exception):
    """What a measure needs is not on this machine."""


@dataclass(frozen=True)
class Measure:
    """Something that is measured, and the bound that it is held against."""

    name: str
    unit: str
    against: float
    value: Callable[[], float]

    def result(self) -> dict[str, str | float]:
        value = round(self.value(), 3)
        return {
            "name": self.name,
            "value": value,
            "unit": self.unit,
            "against": self.against,
            "ratio": round(value / self.against, 3) if self.against else value,
        }


def cpu_ms(
    work: Callable[[], object], *, repetitions: int = REPETITIONS, warm_ups: int = WARM_UPS
) -> float:
    """Return the median of the process's CPU milliseconds for ``work``, after a warm-up.

    CPU time, because it hardly depends on what else the machine is doing.
    """
    for _ in range(warm_ups):
        work()
    return statistics.median(_once(work) for _ in range(repetitions)) * 1000


def queries(work: Callable[[], object]) -> int:
    """Return how many queries ``work`` makes, after a warm-up; opening a transaction is none."""
    work()
    with CaptureQueriesContext(connection) as captured:
        work()
    return sum(not query["sql"].startswith(_TRANSACTION) for query in captured)


class Reader:
    """A reader at the site's own door, ``member`` or without account: no test client in between."""

    def __init__(self, member: User | None = None) -> None:
        cookie = {"cookie": f"{settings.SESSION_COOKIE_NAME}={_session(member)}"} if member else {}
        self._requests = RequestFactory(headers={"accept-language": "nl", **cookie})
        self._site = WSGIHandler()

    def get(self, path: str) -> bytes:
        """Return the page at ``path``; anything but 200 is an error."""
        return self._ask(self._requests.get(path).environ, "200")

    def post(self, path: str, data: dict[str, str]) -> bytes:
        """Send a form as a browser does from a page of this site; it has to be taken."""
        headers = {"sec-fetch-site": "same-origin"}
        return self._ask(self._requests.post(path, data, headers=headers).environ, "303")

    def _ask(self, environ: dict, wanted: str) -> bytes:
        answered: list[str] = []
        response = self._site(environ, lambda status, headers: answered.append(status))
        with _closing(response):
            body = b"".join(response)
        if not answered[0].startswith(wanted):
            raise RuntimeError(f"{environ['PATH_INFO']} answers {answered[0]}")
        return body


def _session(member: User) -> str:
    """Log ``member`` in, and return the key that a browser would hold."""
    client = Client()
    client.force_login(member, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client.cookies[settings.SESSION_COOKIE_NAME].value


@contextmanager
def _closing(response: object) -> Iterator[None]:
    try:
        yield
    finally:
        response.close()  # type: ignore[attr-defined]


def _once(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began
