"""How fast digests are written and sent.

Two processes send the same digests to the same sink by way of the outbox, by a bare
smtplib loop, and by Django's own `send`. ``python -m tests.bench.mailing`` prints the
figures of the database of ``DATABASE_URL``. ``BENCH_MAILS`` makes it shorter.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

from tests.bench import elsewhere

MAILS = int(os.environ.get("BENCH_MAILS", "20000"))
BY_DJANGO = 10  # one in so many mails is sent by Django, which is slow


@dataclass(frozen=True)
class Figures:
    """Mails each second against the other ways, and CPU for each mail in milliseconds."""

    vs_raw: float
    plain_vs_raw: float
    vs_send_loop: float
    build_cpu_ms: float
    send_cpu_ms: float

    @property
    def cpu_ms(self) -> float:
        return self.build_cpu_ms + self.send_cpu_ms


@cache
def sqlite() -> Figures:
    return Figures(**elsewhere.on_sqlite("tests.bench.mailing"))


@cache
def postgresql() -> Figures:
    return Figures(**elsewhere.on_postgresql("tests.bench.mailing"))


def figures() -> Figures:
    with tempfile.TemporaryDirectory(prefix="estafette-rates-") as name:
        folder = Path(name)
        built = fill(MAILS)
        by_outbox, sent = outbox(folder)
        fill(MAILS)
        plainly, _cpu = outbox(folder, "plain")
        raw = loop("raw", folder, MAILS)
        few = max(MAILS // BY_DJANGO, 2)
        by_django = loop("send", folder, few) / few * MAILS
        return Figures(
            vs_raw=raw / by_outbox,
            plain_vs_raw=loop("raw", folder, MAILS, "plain") / plainly,
            vs_send_loop=by_django / by_outbox,
            build_cpu_ms=built * 1000 / MAILS,
            send_cpu_ms=sent * 1000 / MAILS,
        )


def outbox(folder: Path, *how: str) -> tuple[float, float]:
    """Return the seconds that two senders take for what waits, and their seconds of CPU."""
    from mail import wiring
    from mail.models import Message

    (folder / "mail.eml").write_bytes(wiring.write(Message.objects.first()))
    with sink(folder, *how) as port:
        return _race([["tests.sender", port]] * 2)


def loop(name: str, folder: Path, count: int, *how: str) -> float:
    """Return the seconds that two processes of a bare loop take for ``count`` mails."""
    with sink(folder, *how) as port:
        command = ["tests.bench.loops", name, port, str(count // 2), str(folder / "mail.eml")]
        return _race([command] * 2)[0]


@contextmanager
def sink(folder: Path, *how: str) -> Iterator[str]:
    """Run a server that takes everything; gives its port."""
    program = _start(["tests.sink", str(folder / "taken"), *how])
    try:
        yield program.stdout.readline().strip()
    finally:
        program.kill()
        program.communicate()


def fill(count: int) -> float:
    """Let ``count`` digests wait, and no other mails; return the seconds of CPU that it took."""
    from mail.models import Batch, Body, Message
    from tests.bench import subscribers

    Message.objects.all().delete()
    Body.objects.all().delete()
    Batch.objects.all().delete()
    subscribers.due(count)
    before = time.process_time()
    subscribers.write()
    took = time.process_time() - before
    if Message.objects.count() != count:
        raise RuntimeError("Not everyone got a digest.")
    return took


def _race(commands: list[list[str]]) -> tuple[float, float]:
    """Start all, let them begin at once; return the seconds that pass and their CPU together."""
    programs = [_start(command, {"WAIT": "1", "LEASE": "60"}) for command in commands]
    for program in programs:
        if program.stdout.readline().strip() != "ready":
            raise RuntimeError(f"{program.args} does not start")
    began = time.monotonic()
    for program in programs:
        program.stdin.write("go\n")
        program.stdin.flush()
    said = [program.communicate()[0] for program in programs]
    return time.monotonic() - began, sum(float(words.split()[-1]) for words in said)


def _start(command: list[str], more: dict[str, str] | None = None) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-m", *command],
        env=os.environ | (more or {}),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )


if __name__ == "__main__":
    elsewhere.begin()
    print(json.dumps(asdict(figures())))
