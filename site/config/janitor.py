"""End the demo's processes, even when the supervisor is killed.

Run as a process of its own, with the read end of a pipe as standard input. The
supervisor's children write ``name pid`` into it before they start; a pid of 0
takes a name off the list. When the last writer is gone, for whatever reason,
every process group on the list is ended. Standard library only: it must start at
once, and have no reason to fail.
"""

import os
import signal
import sys
import time
from collections.abc import Iterable

PATIENCE = 8  # seconds between asking a group to stop and forcing it
LAST = "broker"  # the others say goodbye to it


def read_groups(lines: Iterable[str]) -> dict[str, int]:
    """Return the last process group written for each name, without those that ended."""
    groups = {name: int(pid) for name, pid in (line.split() for line in lines)}
    return {name: pid for name, pid in groups.items() if pid}


def end_all(groups: dict[str, int]) -> None:
    """End every group, the broker after the others."""
    end({pid for name, pid in groups.items() if name != LAST})
    end({pid for name, pid in groups.items() if name == LAST})


def end(groups: set[int]) -> None:
    """Ask the groups to stop, and force those that have not after ``PATIENCE`` seconds."""
    for group in groups:
        ask(group)
    if still := wait_for(groups, PATIENCE):
        for group in still:
            send(os.killpg, group, signal.SIGKILL)
        wait_for(still, 2)


def ask(group: int) -> None:
    """Send SIGTERM to the leader, who ends its own; to the whole group when it has no leader."""
    if not send(os.kill, group, signal.SIGTERM):
        send(os.killpg, group, signal.SIGTERM)


def wait_for(groups: set[int], seconds: float) -> set[int]:
    """Wait until the groups are empty; return those that are not after ``seconds``."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        groups = {group for group in groups if send(os.killpg, group, 0)}
        if not groups:
            break
        time.sleep(0.05)
    return groups


def send(kill, number: int, what: int) -> bool:
    """Send a signal; return whether there was anyone to receive it."""
    try:
        kill(number, what)
    except ProcessLookupError:
        return False
    except PermissionError:  # macOS says this of a group of zombies
        return False
    return True


if __name__ == "__main__":
    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, signal.SIG_IGN)
    end_all(read_groups(sys.stdin))
