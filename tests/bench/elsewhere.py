"""Measuring in a process of its own, on an empty database of its own."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from config.leash import Leash

DURABLE = {"fsync": "on", "synchronous_commit": "on"}


def on_sqlite(program: str) -> dict[str, Any]:
    """Run ``program``, a module; return the JSON of its last line."""
    with tempfile.TemporaryDirectory(prefix="estafette-elsewhere-") as name:
        return _run(program, {"TEST_DIR": name})


def on_postgresql(program: str) -> dict[str, Any]:
    """Do so on a PostgreSQL of our own that writes to disk at every commit."""
    from tests import servers

    leash = Leash()
    with tempfile.TemporaryDirectory(prefix="estafette-elsewhere-") as name:
        folder = Path(name)
        folder.chmod(0o755)  # PostgreSQL may run as somebody else
        try:
            address = servers.start_postgresql(leash, folder, DURABLE)
            return _run(program, {"TEST_DIR": name, "DATABASE_URL": address})
        finally:
            leash.close()


def _run(program: str, environment: dict[str, str]) -> dict[str, Any]:
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    kept["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
    command = [sys.executable, "-m", program]
    done = subprocess.run(command, env=kept | environment, stdout=subprocess.PIPE, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def begin() -> None:
    """Set Django up in such a process, on tables that are there.

    They are made by another one, for that takes memory.
    """
    import logging

    from tests.sender import start_django

    subprocess.run([sys.executable, "manage.py", "migrate", "--verbosity=0"], check=True)
    start_django()
    logging.disable(logging.WARNING)
