"""What it takes to open a period for a million readers, in a process of its own.

``python -m tests.bench.opening`` prints the figures of the database of ``DATABASE_URL``.
``BENCH_READERS`` makes it shorter.
"""

import json
import os
import re
import time
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

from tests.bench import elsewhere

READERS = int(os.environ.get("BENCH_READERS", "1000000"))
MIB = 1024  # KiB


@dataclass(frozen=True)
class Figures:
    """Seconds of one opening, memory of its process at the most, rows that a second one adds."""

    seconds: float
    mib: float
    again: int


@cache
def sqlite() -> Figures:
    return Figures(**elsewhere.on_sqlite("tests.bench.opening"))


@cache
def postgresql() -> Figures:
    return Figures(**elsewhere.on_postgresql("tests.bench.opening"))


def figures() -> Figures:
    from django.utils import timezone

    from community.digests import digests
    from community.digests.models import Delivery
    from tests.bench import subscribers

    subscribers.many_due(READERS)
    now = timezone.now()
    began = time.monotonic()
    digests.open_due(now=now)
    seconds = time.monotonic() - began
    opened = Delivery.objects.count()
    if opened != READERS:
        raise RuntimeError(f"{opened} of {READERS} periods were opened")
    digests.open_due(now=now)
    return Figures(
        seconds=seconds,
        mib=most_kib() / MIB,
        again=Delivery.objects.count() - opened,
    )


def most_kib() -> int:
    """Return the most memory that this process has had, as Linux counts it.

    Not `ru_maxrss`: that begins with what the process had that started this one.
    """
    [line] = re.findall(r"^VmHWM:\s+(\d+) kB$", Path("/proc/self/status").read_text(), re.MULTILINE)
    return int(line)


if __name__ == "__main__":
    elsewhere.begin()
    print(json.dumps(asdict(figures())))
