"""Run the suite on PostgreSQL, on SQLite, and the journeys in a browser, three at a time.

``python -m tests.run [pytest's arguments]``. What it starts ends with it.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from config import messages
from config.leash import Leash
from tests import databases, servers, shares

ROOT = Path(__file__).resolve().parents[1]
# What a part of the suite has of its own. It starts many programs, and each would read
# all our code anew if none of them could keep it compiled.
OWN = ("DATABASE_URL", "REDIS_URL", "PYTHONDONTWRITEBYTECODE")
AT_ONCE = 3  # of the parts, on two cores: journeys wait about as long as they compute
JOURNEYS = "tests/journeys"
Shares = Iterator[tuple[int, list[str]]]  # the number of each, and pytest's arguments
NO_TESTS = 5  # pytest's exit status when everything was deselected


def main(arguments: list[str]) -> int:
    """Run all parts; return 0 when all pass."""
    messages.compile_all([ROOT / "site" / "locale"])
    folder = Path(tempfile.mkdtemp(prefix="estafette-"))
    folder.chmod(0o755)  # PostgreSQL may run as somebody else
    leash = Leash()
    try:
        results = run_all(leash, folder, arguments)
    finally:
        leash.close()
        shutil.rmtree(folder)
    print(". ".join(f"{name}: {word(status)}" for name, status in results.items()))
    if shares.QUICK:
        print("What is marked `long` was left out.")
    return max(results.values())


def run_all(leash: Leash, folder: Path, arguments: list[str]) -> dict[str, int]:
    """Run the parts, some at a time, and say what each printed as it ends."""
    waiting = parts(leash, folder, arguments)
    running: dict[str, subprocess.Popen[bytes]] = {}
    results: dict[str, int] = {}
    while waiting or running:
        while waiting and len(running) < AT_ONCE:
            part = waiting.pop(0)
            running[part.name] = start(leash, folder, part)
        for name in [name for name, process in running.items() if process.poll() is not None]:
            results[name] = settle(running.pop(name).returncode)
            heading(name)
            print((folder / f"{name}.log").read_text(errors="replace"), flush=True)
        time.sleep(0.1)
    return results


@dataclass(frozen=True)
class Part:
    """A run of pytest with ``options``, in an environment of its own; ``name`` is one word."""

    name: str
    options: list[str]
    environment: dict[str, str]


def parts(leash: Leash, folder: Path, arguments: list[str]) -> list[Part]:
    """Make the parts, one of each kind and so on: journeys wait where others compute.

    `tests.databases` says what runs on which database. Who names no files needs those
    of the journeys collected for the journeys alone.
    """
    turn = databases.TURN
    here, elsewhere = ([], []) if names_files(arguments) else ([JOURNEYS], [f"--ignore={JOURNEYS}"])
    kinds = (
        journeys(folder, shared(turn.journeys, [*arguments, *here])),
        on_sqlite(leash, folder, shared(turn.sqlite, [*arguments, *elsewhere])),
        on_postgresql(leash, folder, shared(turn.postgresql, [*arguments, *elsewhere])),
    )
    return [part for parts in zip_longest(*kinds) for part in parts if part is not None]


def on_postgresql(leash: Leash, folder: Path, shares: Shares) -> Iterator[Part]:
    server = servers.start_postgresql(leash, folder)
    for number, options in shares:
        environment = environment_in(
            folder / f"postgresql-{number}-tests",
            DATABASE_URL=servers.make_database(server, f"share_{number}"),
            REDIS_URL=servers.start_valkey(leash, folder, name=f"broker-{number}"),
            DATABASE_IS_OURS="1",
        )
        yield Part(f"PostgreSQL-{number}", options, environment)


def on_sqlite(leash: Leash, folder: Path, shares: Shares) -> Iterator[Part]:
    for number, options in shares:
        broker = servers.start_valkey(leash, folder, name=f"other-broker-{number}")
        environment = environment_in(folder / f"sqlite-{number}-tests", REDIS_URL=broker)
        yield Part(f"SQLite-{number}", options, environment)


def journeys(folder: Path, shares: Shares) -> Iterator[Part]:
    for number, options in shares:
        yield Part(f"journeys-{number}", options, environment_in(folder / f"journeys-{number}"))


def shared(of: tuple[str, int], arguments: list[str]) -> Shares:
    marked, count = of
    for number in range(1, count + 1):
        yield number, [*arguments, "-m", marked, "--share", f"{number}/{count}"]


def names_files(arguments: list[str]) -> bool:
    return any((ROOT / argument.split("::")[0]).exists() for argument in arguments)


def start(leash: Leash, folder: Path, part: Part) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "pytest", *part.options]
    return leash.start(
        part.name, command, log=folder / f"{part.name}.log", cwd=ROOT, env=part.environment
    )


def environment_in(folder: Path, **more: str) -> dict[str, str]:
    """Return this process's environment, for a suite that keeps its files in ``folder``."""
    kept = {name: value for name, value in os.environ.items() if name not in OWN}
    return kept | {
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
        "TEST_DIR": str(folder),
        **more,
    }


def heading(text: str) -> None:
    print(f"\n── {text} ──", flush=True)


def settle(status: int) -> int:
    """Return pytest's exit status, and 0 when there was nothing to run."""
    return 0 if status == NO_TESTS else abs(status)


def word(status: int) -> str:
    return "passed" if status == 0 else f"failed ({status})"


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
