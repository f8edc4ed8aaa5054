"""How fast the outbox sends, and what is lost when its senders are killed.

Two processes send the same mails of 31 KB to the same sink by way of the outbox, by a
bare smtplib loop, and by Django's own `send`. ``python -m tests.bench.mailing`` prints
the figures of the database of ``DATABASE_URL``. ``BENCH_MAILS`` makes it shorter.
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

from config.leash import Leash

MAILS = int(os.environ.get("BENCH_MAILS", "5000"))
KILLED_MAILS = int(os.environ.get("BENCH_KILLED_MAILS", "20000"))
KILLS = int(os.environ.get("BENCH_KILLS", "20"))
REFUSE = float(os.environ.get("BENCH_REFUSE", "60"))  # seconds
BODIES = 12
DURABLE = {"fsync": "on", "synchronous_commit": "on"}
SENTENCE = "<p>Zo leren steden van elkaar, één stap per keer, met <a href='#'>schakels</a>.</p>\n"


@dataclass(frozen=True)
class Figures:
    """Mails each second against the other ways, and CPU for each mail in milliseconds."""

    vs_raw: float
    plain_vs_raw: float
    vs_send_loop: float
    cpu_ms: float


@cache
def sqlite() -> Figures:
    return figures()


@cache
def postgresql() -> Figures:
    """Return the figures of a PostgreSQL of our own that writes to disk at every commit."""
    from tests import servers

    leash = Leash()
    with tempfile.TemporaryDirectory(prefix="estafette-mail-") as name:
        folder = Path(name)
        folder.chmod(0o755)  # PostgreSQL may run as somebody else
        try:
            address = servers.start_postgresql(leash, folder, DURABLE)
            command = [sys.executable, "-m", "tests.bench.mailing"]
            environment = os.environ | {"DATABASE_URL": address, "TEST_DIR": name}
            done = subprocess.run(command, env=environment, capture_output=True, check=True)
        finally:
            leash.close()
    return Figures(**json.loads(done.stdout.splitlines()[-1]))


@cache
def killed():
    """Return what came of many mails while senders are killed and the server refuses."""
    from tests import killing

    fill(KILLED_MAILS, "<p>Kort.</p>")
    with tempfile.TemporaryDirectory(prefix="estafette-kills-") as name:
        return killing.kill(Path(name), {}, mails=KILLED_MAILS, kills=KILLS, refuse=REFUSE)


def figures() -> Figures:
    with tempfile.TemporaryDirectory(prefix="estafette-rates-") as name:
        folder = Path(name)
        by_outbox, cpu = outbox(folder)
        plainly, _cpu = outbox(folder, "plain")
        raw = loop("raw", folder, MAILS)
        few = max(MAILS // 10, 1)
        by_django = loop("send", folder, few) / few * MAILS
        return Figures(
            vs_raw=raw / by_outbox,
            plain_vs_raw=loop("raw", folder, MAILS, "plain") / plainly,
            vs_send_loop=by_django / by_outbox,
            cpu_ms=cpu * 1000 / MAILS,
        )


def outbox(folder: Path, *how: str) -> tuple[float, float]:
    """Return the seconds that two senders take, and their seconds of CPU."""
    from mail import wiring
    from mail.models import Message

    fill(MAILS, SENTENCE * 250)
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


def fill(count: int, html: str) -> None:
    """Let ``count`` mails wait, of `BODIES` different ones, and no others."""
    from django.utils import timezone

    from mail.models import Batch, Message

    Message.objects.all().delete()
    Batch.objects.all().delete()
    now = timezone.now()
    for start in range(0, count, 500):
        Message.objects.bulk_create(
            Message(
                kind="digests.digest",
                to=f"lezer{number}@example.org",
                language="nl",
                subject=f"Nieuw in de estafette {number % BODIES}",
                text=f"Nieuw: {number % BODIES}\n" * 100,
                html=f"<html><body>{number % BODIES}{html}</body></html>",
                headers={"List-Unsubscribe": f"<https://estafette.example.org/{number}/>"},
                due_at=now,
            )
            for number in range(start, min(start + 500, count))
        )


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
    from django.core.management import call_command

    from tests.sender import start_django

    start_django()
    call_command("migrate", verbosity=0)
    print(json.dumps(asdict(figures())))
