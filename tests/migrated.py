"""A database with every table and no content, made once for each state of the code.

To run all migrations takes a dozen seconds, which each share of the suite, the demo that
the journeys walk through and the site whose database goes away would spend again.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from config import prepare
from tests import servers
from tests.keeping import ROOT, kept

SCRATCH = "migrating"  # the database that is dumped, for as long as that takes


def lay(target: Path) -> None:
    """Put a fresh SQLite database at ``target``, in place of what lies there."""
    target.parent.mkdir(parents=True, exist_ok=True)
    for left in target.parent.glob(f"{target.name}-*"):  # what SQLite had still to write
        left.unlink()
    file = kept("migrated", _state(), _migrate) / "db.sqlite3"
    shutil.copyfile(file, target)


def pour(address: str) -> None:
    """Fill the empty PostgreSQL database at ``address``; its server is one of ours."""

    def dump(folder: Path) -> None:
        scratch = servers.make_database(address, SCRATCH)
        folder.mkdir()
        _migrate(folder, DATABASE_URL=scratch)
        servers.run_client("pg_dump", "--no-owner", f"--file={folder / 'all.sql'}", scratch)
        servers.drop_database(address, SCRATCH)

    file = kept("dumped", _state(), dump) / "all.sql"
    strictly = ("--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1")
    servers.run_client("psql", *strictly, f"--file={file}", address)


def _state() -> str:
    return prepare.fingerprint(ROOT, "**/*.py")[:16]


def _migrate(folder: Path, **database: str) -> None:
    """Run all migrations on ``database``, or on one of SQLite in ``folder``."""
    environment = {
        **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
        "TEST_DIR": str(folder),
        **database,
    }
    command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    subprocess.run(command, cwd=ROOT, env=environment, check=True)
