"""Eight writers answer in one thread while editors approve: what is lost or miscounted?

``python -m tests.bench.race`` prints the number for the database of ``DATABASE_URL``.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from config.leash import Leash

ROUNDS = 20


def lost() -> float:
    """Return the faults in `ROUNDS` × 84 comments: missing, doubled, miscounted, failed."""
    from tests import crowds

    return float(sum(crowds.gather().faults for _ in range(ROUNDS)))


def lost_on_postgresql() -> float:
    """Return `lost` of a PostgreSQL of our own, which is stopped afterwards."""
    from tests import servers

    leash = Leash()
    with tempfile.TemporaryDirectory(prefix="estafette-race-") as name:
        folder = Path(name)
        folder.chmod(0o755)  # PostgreSQL may run as somebody else
        try:
            address = servers.start_postgresql(leash, folder)
            command = [sys.executable, "-m", "tests.bench.race"]
            environment = os.environ | {"DATABASE_URL": address, "TEST_DIR": name}
            done = subprocess.run(command, env=environment, capture_output=True, check=True)
        finally:
            leash.close()
    return float(done.stdout.split()[-1])


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    print(lost())
