"""A SQLite database with every table and no content, made once for each state of the code.

To run all migrations takes a dozen seconds, which each share of the suite, and the demo
that the journeys walk through, would spend again.
"""

import fcntl
import os
import shutil
import subprocess
import sys
from pathlib import Path

from config import prepare

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / ".test"


def lay(target: Path) -> None:
    """Put a fresh copy at ``target``, in place of what lies there."""
    target.parent.mkdir(parents=True, exist_ok=True)
    for left in target.parent.glob(f"{target.name}-*"):  # what SQLite had still to write
        left.unlink()
    shutil.copyfile(_kept(), target)


def _kept() -> Path:
    """Return where it is kept; make it first when the code has changed."""
    KEPT.mkdir(exist_ok=True)
    folder = KEPT / f"migrated-{prepare.fingerprint(ROOT, '**/*.py')[:16]}"
    with (KEPT / "migrated.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # other tests may be at it too
        if not folder.exists():
            for older in KEPT.glob("migrated-*"):
                shutil.rmtree(older)
            _migrate(KEPT / "migrated-new").rename(folder)
    return folder / "db.sqlite3"


def _migrate(folder: Path) -> Path:
    environment = {
        **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
        "TEST_DIR": str(folder),
    }
    command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    subprocess.run(command, cwd=ROOT, env=environment, check=True)
    return folder
