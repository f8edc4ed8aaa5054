"""Celery whose workers are killed in mid-batch, and what came of the mails."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import redis

from config.leash import Leash
from tests import servers

SECONDS = 300  # after the last fault everything has to be gone
POOL = 2  # processes that send


@dataclass(frozen=True)
class Outcome:
    """``kills`` of senders, mails ``lost`` and ``doubled``, most ``copies`` of one.

    ``misnamed`` have a Message-ID that another reader's mail has, or not that of their
    other copy. ``seconds`` passed between the last fault and the last mail.
    """

    kills: int
    lost: int
    doubled: int
    copies: int
    misnamed: int
    seconds: float

    @property
    def double_per_kill(self) -> float:
        return self.doubled / self.kills


class Post:
    """A broker, a worker with two processes, beat, and the sink that they mail to."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self.folder = folder
        self.leash = Leash()
        self.taken_file = folder / "taken"
        self.gate = folder / "taken.refuse"
        self.sink = subprocess.Popen(
            [sys.executable, "-m", "tests.sink", str(self.taken_file)], stdout=subprocess.PIPE
        )
        port = self.sink.stdout.readline().decode().strip()
        own = {"DJANGO_SETTINGS_MODULE": "config.settings.test", "MAIL_PORT": port}
        own["REDIS_URL"] = servers.start_valkey(self.leash, folder)
        self.environment = os.environ | environment | own
        self._start_worker()
        self._celery("beat", "beat", "--schedule", str(folder / "schedule"))

    def taken(self) -> list[tuple[str, str]]:
        """Return whom the sink took mail for and the Message-ID of that, in order."""
        lines = self.taken_file.read_text().splitlines()
        return [(to, name) for to, name, _moment in map(str.split, lines)]

    def flows(self, mails: int) -> bool:
        """Wait until mail is flowing; return whether some of the ``mails`` is still to come."""
        before = len(self.taken())
        self.wait_until(lambda: len(self.taken()) > before or self.has_taken(mails))
        time.sleep(random.random() / 20)
        return not self.has_taken(mails)

    def has_taken(self, mails: int) -> bool:
        return len({to for to, _name in self.taken()}) >= mails

    def kill_a_child(self) -> int:
        """Kill -9 a process of the pool; return how many senders that were."""
        os.kill(random.choice(self._senders()), signal.SIGKILL)
        return 1

    def kill_the_worker(self) -> int:
        """Kill -9 the worker with all its processes, and start another; return how many."""
        self.leash.bury("worker")
        self.leash.processes["worker"].wait()
        self._start_worker()
        return POOL

    def lose_the_broker(self) -> None:
        """Empty the broker, kill it, and start another in its place."""
        redis.Redis(unix_socket_path=str(self.folder / "broker.sock")).flushall()
        self.leash.bury("broker")
        self.leash.processes["broker"].wait()
        servers.start_valkey(self.leash, self.folder)

    def refuse(self, seconds: float) -> None:
        """Let the sink hang up on whoever comes for a while."""
        self.gate.touch()
        time.sleep(seconds)
        self.gate.unlink()

    def freeze_a_child(self, seconds: float) -> None:
        """Stop a process of the pool for so long, and let it go on."""
        frozen = random.choice(self._senders())
        os.kill(frozen, signal.SIGSTOP)
        time.sleep(seconds)
        os.kill(frozen, signal.SIGCONT)

    def wait_for(self, mails: int) -> float:
        """Return how many seconds it takes until so many readers have their mail."""
        began = time.monotonic()
        self.wait_until(lambda: self.has_taken(mails))
        return time.monotonic() - began

    def close(self) -> None:
        self.leash.close()
        self.sink.kill()
        self.sink.communicate()

    def wait_until(self, happened: Callable[[], bool]) -> None:
        """Wait, and start again what stops meanwhile, as the supervisor of the demo does."""
        deadline = time.monotonic() + SECONDS
        while not happened():
            if time.monotonic() > deadline:
                raise TimeoutError("No mail is flowing.")
            if self.leash.processes["worker"].poll() is not None:
                self._start_worker()
            time.sleep(0.01)

    def _senders(self) -> list[int]:
        self.wait_until(lambda: len(self._children()) == POOL)
        return self._children()

    def _children(self) -> list[int]:
        worker = self.leash.processes["worker"].pid
        listed = Path(f"/proc/{worker}/task/{worker}/children")
        return [int(pid) for pid in listed.read_text().split()] if listed.exists() else []

    def _start_worker(self) -> None:
        options = ("--concurrency", str(POOL), "--without-gossip", "--without-mingle")
        self._celery("worker", "worker", *options)

    def _celery(self, name: str, *arguments: str) -> None:
        command = [sys.executable, "-m", "celery", "-A", "tests.worker", *arguments]
        log = self.folder / f"{name}.log"
        self.leash.start(name, command, log=log, env=self.environment)


def kill(
    folder: Path, environment: dict[str, str], *, mails: int, kills: int, refuse: float
) -> Outcome:
    """Let ``mails`` that wait in the database of ``environment`` be sent through all faults.

    Halfway the broker is emptied and restarted, and the mail server refuses for a while.
    """
    post = Post(folder, environment)
    killed = 0
    try:
        for number in range(kills):
            if not post.flows(mails):
                break
            killed += post.kill_a_child() if number % 2 else post.kill_the_worker()
            if number == kills // 2:
                post.lose_the_broker()
                post.refuse(refuse)
        seconds = post.wait_for(mails)
        taken = _settled(post)
    finally:
        post.close()
    return _outcome(taken, killed, mails, seconds)


def freeze(folder: Path, environment: dict[str, str], *, mails: int, seconds: float) -> Outcome:
    """Do so while one sender stands still past its lease, and then goes on."""
    post = Post(folder, environment)
    try:
        post.flows(mails)
        post.freeze_a_child(seconds)
        took = post.wait_for(mails)
        taken = _settled(post)
    finally:
        post.close()
    return _outcome(taken, 1, mails, took)


def _settled(post: Post) -> list[tuple[str, str]]:
    """Return who got which mail, once nobody sends any more."""
    before: list[tuple[str, str]] | None = None
    while (taken := post.taken()) != before:
        before = taken
        time.sleep(3)  # longer than a lease
    return taken


def _outcome(taken: list[tuple[str, str]], killed: int, mails: int, seconds: float) -> Outcome:
    copies = Counter(to for to, _name in taken)
    different = len(set(taken))
    names = len({name for _to, name in taken})
    return Outcome(
        kills=killed,
        lost=mails - len(copies),
        doubled=len(taken) - len(copies),
        copies=max(copies.values()),
        misnamed=(different - len(copies)) + (different - names),
        seconds=seconds,
    )
