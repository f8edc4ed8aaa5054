"""Run the whole suite on SQLite, again on PostgreSQL, and the journeys in a browser.

``python -m tests.run [pytest's arguments]``. What it starts ends with it.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from config import messages
from config.leash import Leash
from tests import servers

ROOT = Path(__file__).resolve().parents[1]
SERVERS = ("DATABASE_URL", "REDIS_URL")
NO_TESTS = 5  # pytest's exit status when everything was deselected


def main(arguments: list[str]) -> int:
    """Run all three; return 0 when all pass."""
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
    return max(results.values())


def run_all(leash: Leash, folder: Path, arguments: list[str]) -> dict[str, int]:
    """Run the suite on both databases at once, one core each; then the journeys."""
    other = start_on_postgresql(leash, folder, arguments)
    heading("On SQLite")
    environment = environment_in(folder / "sqlite", REDIS_URL=servers.start_valkey(leash, folder))
    on_sqlite = subprocess.run(
        pytest(*arguments, "-m", "not journey"), cwd=ROOT, env=environment, check=False
    )
    on_postgresql = other.wait()
    heading("On PostgreSQL")
    print((folder / "suite.log").read_text(), flush=True)
    heading("In a browser, on the demo")
    environment = environment_in(folder / "journeys")
    journeys = subprocess.run(
        pytest(*arguments, "-m", "journey"), cwd=ROOT, env=environment, check=False
    )
    return {
        "SQLite": settle(on_sqlite.returncode),
        "PostgreSQL": settle(on_postgresql),
        "Journeys": settle(journeys.returncode),
    }


def start_on_postgresql(
    leash: Leash, folder: Path, arguments: list[str]
) -> subprocess.Popen[bytes]:
    """Start what depends on the database, writing to a log, on PostgreSQL."""
    environment = environment_in(
        folder / "postgresql-tests",
        DATABASE_URL=servers.start_postgresql(leash, folder),
        REDIS_URL=servers.start_valkey(leash, folder, name="other-broker"),
    )
    command = pytest(*arguments, "-m", "not journey and not processes")
    return leash.start("suite", command, log=folder / "suite.log", cwd=ROOT, env=environment)


def pytest(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "pytest", *arguments]


def environment_in(folder: Path, **more: str) -> dict[str, str]:
    """Return this process's environment, for a suite that keeps its files in ``folder``."""
    kept = {name: value for name, value in os.environ.items() if name not in SERVERS}
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
