"""Measure on a database of its own, in a temporary folder; one JSON object a line.

``ONLY``, or the first argument, takes the name of a measure or how names begin.
Notes go to standard error.
"""

import json
import logging
import os
import sys
import tempfile
import time
from pathlib import Path


def main(only: str) -> int:
    """Print the measures whose names begin with ``only``; return 1 when there are none."""
    with tempfile.TemporaryDirectory(prefix="estafette-bench-") as folder:
        start(folder)
        from tests.bench import measures
        from tests.bench.measuring import NotHere

        found = [measure for measure in measures.ALL if measure.name.startswith(only)]
        if not found:
            note(f"No measure is called {only!r}. There are: {', '.join(measures.names())}.")
            return 1
        for measure in found:
            began = time.monotonic()
            try:
                print(json.dumps(measure.result()), flush=True)
            except NotHere as reason:
                note(f"{measure.name} is left out: {reason}.")
                continue
            note(f"{measure.name} took {time.monotonic() - began:.1f} s")
    return 0


def start(folder: str) -> None:
    """Set Django up on an empty SQLite database in ``folder``."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
    os.environ["TEST_DIR"] = folder
    os.environ.pop("DATABASE_URL", None)
    import django
    from django.conf import settings
    from django.core.management import call_command

    django.setup()
    logging.disable(logging.WARNING)
    settings.MEDIA_ROOT = Path(folder) / "media"
    began = time.monotonic()
    call_command("migrate", verbosity=0)
    note(f"The database took {time.monotonic() - began:.1f} s")


def note(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else os.environ.get("ONLY", "")))
