"""Run the demo: broker, mail catcher, web, worker and beat, as one program.

A child that dies is started again, and none outlives the supervisor (see `leash`).
"""

import fcntl
import os
import signal
import socket
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from config import demo, janitor
from config.leash import Leash

READY_WITHIN = 90  # seconds
HOPELESS_AFTER = 3  # deaths before it ever answered
STEADY_AFTER = 30  # seconds; a child that ran this long is started again at once
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class CannotStart(Exception):
    """The demo cannot start, for a reason that a person can do something about."""


@dataclass
class Child:
    """A process to keep alive. ``answers`` says whether it does its work."""

    name: str
    command: list[str]
    answers: Callable[[], bool]
    started_at: float = 0
    restart_at: float | None = None
    failures: int = 0


class Supervisor:
    """The children of one demo, in one folder, on one port."""

    def __init__(self, directory: Path, *, port: int) -> None:
        self.port = port
        self.logs = directory / "log"
        self.logs.mkdir(parents=True, exist_ok=True)
        self.children: list[Child] = []
        self.leash = Leash(keep=(take_lock(directory / "lock"),))

    def run(self) -> None:
        """Start everything, say so once, and keep it running until a signal comes."""
        refuse_taken(self.port)
        self.start_broker()
        self.start(Child("postvak", demo.catcher_command(), demo.catcher_answers))
        self.start(Child("web", demo.web_command(self.port), lambda: demo.web_answers(self.port)))
        self.start(Child("worker", demo.worker_command(), demo.worker_answers))
        self.start(Child("beat", demo.beat_command(), demo.beat_answers))
        self.wait_for_answers(READY_WITHIN)
        print(demo.WELCOME.format(port=self.port), flush=True)
        while not self.leash.is_broken():
            self.look_after()
            time.sleep(0.3)
        raise CannotStart("The janitor died; the demo stops, so that nothing is left behind.")

    def start_broker(self) -> None:
        """Start the broker, unless one is given or one of an earlier demo still answers."""
        if demo.broker_answers():
            if left_over := demo.broker_pid():
                self.leash.note("broker", left_over)
        elif command := demo.broker_command():
            self.start(Child("broker", command, demo.broker_answers))
            self.wait_for_answers(15)

    def start(self, child: Child) -> None:
        """Start ``child``, with a new log the first time."""
        log = self.logs / f"{child.name}.log"
        if child not in self.children:
            self.children.append(child)
            log.unlink(missing_ok=True)
        child.started_at, child.restart_at = time.monotonic(), None
        self.leash.start(child.name, child.command, log=log)

    def wait_for_answers(self, seconds: float) -> None:
        """Wait until all children answer; raise `CannotStart` after ``seconds``."""
        deadline = time.monotonic() + seconds
        silent = self.children
        while silent := [child for child in silent if not child.answers()]:
            self.look_after()
            hopeless = [child for child in silent if child.failures >= HOPELESS_AFTER]
            if hopeless or time.monotonic() > deadline:
                raise CannotStart("\n".join(self.last_words(child) for child in hopeless or silent))
            time.sleep(0.1)

    def last_words(self, child: Child) -> str:
        """Return one line about a child that does not answer, from the end of its log."""
        log = self.logs / f"{child.name}.log"
        said = log.read_text(errors="replace").strip().splitlines() or ["nothing"]
        return f"{child.name} does not answer. Its last words: {said[-1]} (all of them: {log})"

    def look_after(self) -> None:
        """Start again what has died, each time a little later."""
        now = time.monotonic()
        for child in self.children:
            if self.leash.processes[child.name].poll() is None:
                continue
            if child.restart_at is None:
                self.leash.bury(child.name)
                child.failures = 0 if now - child.started_at > STEADY_AFTER else child.failures + 1
                child.restart_at = now + min(10, 0.25 * 2**child.failures)
            elif now >= child.restart_at:
                self.start(child)


def take_lock(path: Path) -> int:
    """Return a file handle that only one demo can hold; wait for one that is stopping."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT)
    deadline = time.monotonic() + janitor.PATIENCE + 4
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > deadline:
                raise CannotStart(f"A demo is already running in {path.parent}.") from None
            time.sleep(0.1)
        else:
            return handle


def refuse_taken(port: int) -> None:
    """Raise `CannotStart` when something listens on ``port``."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            message = f"Port {port} is taken; try another: make demo PORT={port + 1}"
            raise CannotStart(message) from None


def _leave(number: int, frame: object) -> None:
    for name in SIGNALS:
        signal.signal(name, signal.SIG_IGN)
    sys.exit(0)


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.demo"
    for name in SIGNALS:
        signal.signal(name, _leave)
    try:
        supervisor = Supervisor(settings.DEMO_DIR, port=settings.PORT)
        try:
            supervisor.run()
        finally:
            supervisor.leash.close()
    except CannotStart as reason:
        sys.exit(str(reason))


if __name__ == "__main__":
    main()
