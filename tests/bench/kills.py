"""What is lost and doubled when senders of many digests are killed: the kill suite, whole.

``python -m tests.bench.kills`` prints what came of it on the database of ``DATABASE_URL``.
It takes some five minutes. ``BENCH_KILLED_MAILS``, ``BENCH_KILLS`` and ``BENCH_REFUSE``
make it shorter; ``tests/mail/test_kills.py`` runs it small.
"""

import json
import os
import tempfile
from dataclasses import asdict
from functools import cache
from pathlib import Path

from tests.bench import elsewhere
from tests.killing import Outcome, kill

MAILS = int(os.environ.get("BENCH_KILLED_MAILS", "20000"))
KILLS = int(os.environ.get("BENCH_KILLS", "20"))
REFUSE = float(os.environ.get("BENCH_REFUSE", "60"))  # seconds


@cache
def sqlite() -> Outcome:
    return Outcome(**elsewhere.on_sqlite("tests.bench.kills"))


@cache
def postgresql() -> Outcome:
    return Outcome(**elsewhere.on_postgresql("tests.bench.kills"))


def outcome() -> Outcome:
    from tests.bench import mailing

    mailing.fill(MAILS)
    with tempfile.TemporaryDirectory(prefix="estafette-kills-") as name:
        return kill(Path(name), {}, mails=MAILS, kills=KILLS, refuse=REFUSE)


if __name__ == "__main__":
    elsewhere.begin()
    print(json.dumps(asdict(outcome())))
