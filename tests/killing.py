"""Senders that are killed in mid-batch, and what came of the mails."""

import os
import random
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

SECONDS = 300  # after the last fault everything has to be gone


@dataclass(frozen=True)
class Outcome:
    """``kills`` of senders that were at work, mails ``lost`` and ``doubled``, most ``copies``."""

    kills: int
    lost: int
    doubled: int
    copies: int
    seconds: float

    @property
    def double_per_kill(self) -> float:
        return self.doubled / self.kills


class Senders:
    """Two senders that are started again as long as there is work, and the sink they mail to."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self.log = folder / "taken"
        self.environment = os.environ | environment
        self.sink = self._program("tests.sink", str(self.log), stdout=subprocess.PIPE)
        self.port = self.sink.stdout.readline().decode().strip()
        self.running = [self._start() for _ in range(2)]

    def taken(self) -> list[str]:
        """Return whom the sink took mail for, in order."""
        return [line.split()[0] for line in self.log.read_text().splitlines()]

    def kill_one(self) -> None:
        """Kill -9 a sender while mail is flowing, and start another in its place."""
        before = len(self.taken())
        _until(lambda: len(self.taken()) > before, SECONDS)
        time.sleep(random.random() / 20)
        victim = random.choice(self.running)
        victim.kill()
        victim.wait()
        self.running[self.running.index(victim)] = self._start()

    def refuse(self, seconds: float) -> None:
        """Let the sink hang up on whoever comes, and break what is open."""
        gate = Path(f"{self.log}.refuse")
        gate.touch()
        for sender in self.running:
            sender.kill()
            sender.wait()
        self.running = [self._start() for _ in range(2)]
        time.sleep(seconds)
        gate.unlink()

    def wait(self) -> float:
        """Return how many seconds it takes until nothing is left to send."""
        began = time.monotonic()
        for sender in self.running:
            sender.wait(SECONDS)
        return time.monotonic() - began

    def close(self) -> None:
        for program in [self.sink, *self.running]:
            program.kill()
            program.wait()
        self.sink.stdout.close()

    def _start(self) -> subprocess.Popen:
        return self._program("tests.sender", self.port, stdout=subprocess.DEVNULL)

    def _program(self, *command: str, **how) -> subprocess.Popen:
        return subprocess.Popen(
            [sys.executable, "-m", *command],
            env=self.environment,
            stderr=subprocess.DEVNULL,
            **how,
        )


def kill(
    folder: Path, environment: dict[str, str], *, mails: int, kills: int, refuse: float
) -> Outcome:
    """Let ``mails`` that wait in the database of ``environment`` be sent through all faults."""
    senders = Senders(folder, environment)
    killed = 0
    try:
        for number in range(kills):
            senders.kill_one()
            killed += 1
            if number == kills // 2:
                senders.refuse(refuse)
                killed += 2
        seconds = senders.wait()
        copies = Counter(senders.taken())
    finally:
        senders.close()
    doubled = sum(count - 1 for count in copies.values())
    return Outcome(killed, mails - len(copies), doubled, max(copies.values()), seconds)


def _until(happened, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not happened():
        if time.monotonic() > deadline:
            raise TimeoutError("No mail is flowing.")
        time.sleep(0.01)
