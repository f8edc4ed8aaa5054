"""What a writer feels of a broker that refuses, or that lets in and says nothing."""

import statistics
import time
from collections.abc import Callable

from config.celery import app
from tests.gate import Gate, Mode

REPETITIONS = 15


def adds_seconds(work: Callable[[], object]) -> float:
    """Return how many seconds ``work`` takes longer when the broker is away, at the worst."""
    work()
    usual = statistics.median(_seconds(work))
    gate = Gate("nowhere")
    address = app.conf.broker_url
    try:
        slowest = max(max(_with(gate, mode, work)) for mode in (Mode.HANGS, Mode.REFUSES))
    finally:
        _aim(address)
        gate.close()
    return max(0.0, slowest - usual)


def _with(gate: Gate, mode: Mode, work: Callable[[], object]) -> list[float]:
    gate.turn(mode)
    _aim(f"redis://127.0.0.1:{gate.port}/0")
    return _seconds(work)


def _aim(address: str) -> None:
    """Let whoever publishes from here on connect to ``address``."""
    app.pool.force_close_all()
    app.conf.broker_url = app.conf.broker_write_url = address
    app._pool = None


def _seconds(work: Callable[[], object]) -> list[float]:
    taken = []
    for _ in range(REPETITIONS):
        before = time.perf_counter()
        work()
        taken.append(time.perf_counter() - before)
    return taken
