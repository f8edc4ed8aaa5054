"""Run code inside a demo, again and again: ``python -m tests.inside`` in its environment.

Each line of the input is a piece of code as JSON, and so is each answer: what the code
printed, and how it failed. Starting Django for each took longer than most codes do.
"""

import contextlib
import io
import json
import os
import sys
import traceback

import django


def main() -> None:
    """Answer until the input ends, which it does when whoever asks does."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.demo"
    django.setup()
    for line in sys.stdin:
        print(json.dumps(run(json.loads(line))), flush=True)


def run(code: str) -> dict[str, str]:
    """Run ``code`` as a module of its own; hold no connection to the database afterwards."""
    from django.db import connections

    said, failed = io.StringIO(), ""
    with contextlib.redirect_stdout(said):
        try:
            exec(compile(code, "<inside>", "exec"), {"__name__": "inside"})  # noqa: S102
        except Exception:
            failed = traceback.format_exc()
    connections.close_all()
    return {"said": said.getvalue(), "failed": failed}


if __name__ == "__main__":
    main()
