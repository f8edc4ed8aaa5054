"""Processes that never outlive the one that started them."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from config import janitor


class Leash:
    """Starts processes, each as leader of its own group, and ends them all.

    The janitor ends the groups as soon as the pipe from here closes, which the
    kernel does even after ``kill -9``. File handles in ``keep`` stay open until all
    is quiet, so that a lock among them is free no sooner.
    """

    def __init__(self, *, keep: tuple[int, ...] = ()) -> None:
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        read_end, self.pipe = os.pipe()
        self.janitor = subprocess.Popen(  # noqa: S603
            [sys.executable, "-I", janitor.__file__],
            stdin=read_end,
            pass_fds=keep,
            start_new_session=True,
        )
        os.close(read_end)

    def start(
        self, name: str, command: list[str], *, log: Path, **options: Any
    ) -> subprocess.Popen[bytes]:
        """Start ``command``, which is on the janitor's list before it becomes itself."""
        with log.open("ab") as output:
            self.processes[name] = subprocess.Popen(  # noqa: S603
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
                preexec_fn=lambda: self.note(name, os.getpid()),
                **options,
            )
        return self.processes[name]

    def note(self, name: str, pid: int) -> None:
        """Tell the janitor which group bears ``name`` now; 0 for none."""
        os.write(self.pipe, f"{name} {pid}\n".encode())

    def bury(self, name: str) -> None:
        """End what a dead process left behind in its group."""
        janitor.send(os.killpg, self.processes[name].pid, signal.SIGKILL)
        self.note(name, 0)

    def is_broken(self) -> bool:
        """Whether the janitor is gone, so that nothing would end the processes."""
        return self.janitor.poll() is not None

    def close(self) -> None:
        """End everything; returns when nothing is left."""
        os.close(self.pipe)
        while not self.is_broken():
            self._collect()
            time.sleep(0.05)
        if self.janitor.returncode:
            janitor.end_all({name: process.pid for name, process in self.processes.items()})
        self._collect()

    def _collect(self) -> None:
        for process in self.processes.values():
            process.poll()
