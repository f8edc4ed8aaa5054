"""A SQLite database with every table and no content, made once for each state of the code.

To run all migrations takes a dozen seconds, which each share of the suite, and the demo
that the journeys walk through, would spend again.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from config import prepare
from tests.keeping import ROOT, kept


def lay(target: Path) -> None:
    """Put a fresh copy at ``target``, in place of what lies there."""
    target.parent.mkdir(parents=True, exist_ok=True)
    for left in target.parent.glob(f"{target.name}-*"):  # what SQLite had still to write
        left.unlink()
    state = prepare.fingerprint(ROOT, "**/*.py")[:16]
    shutil.copyfile(kept("migrated", state, _migrate) / "db.sqlite3", target)


def _migrate(folder: Path) -> None:
    environment = {
        **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
        "TEST_DIR": str(folder),
    }
    command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    subprocess.run(command, cwd=ROOT, env=environment, check=True)
