import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests import demo as demos

PARTS = ("janitor", "valkey-server", "catcher", "granian", "worker", "beat")


@pytest.fixture
def demo(tmp_path):
    running = demos.start(tmp_path / "demo")
    yield running
    if running.process.poll() is None:
        running.stop()


def until(holds, *, seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "It did not happen in time."
        time.sleep(0.1)


pytestmark = pytest.mark.processes
linux_only = pytest.mark.skipif(
    not Path("/proc/self/environ").exists(), reason="looks into /proc, which Linux alone has"
)


@linux_only
class TestSupervisor:
    """What it leaves behind when it is asked to end is looked at by the journey of faults."""

    def test_starts_again_what_dies_and_leaves_nothing_behind_when_it_is_killed(self, demo):
        started = demos.processes_of(demo.dir)
        named = " ".join(started.values())
        assert [part for part in PARTS if part not in named] == []

        dead = {pid for pid, name in started.items() if "catcher" in name or "valkey" in name}
        assert len(dead) == 2
        for pid in dead:
            os.kill(pid, signal.SIGKILL)
        until(lambda: are_back(demo, dead))

        os.kill(demo.process.pid, signal.SIGKILL)
        demo.process.wait()
        until(lambda: not demos.processes_of(demo.dir))


def are_back(demo: demos.Demo, dead: set[int]) -> bool:
    """Return whether there is a new catcher of mails and a new broker."""
    running = demos.processes_of(demo.dir)
    named = " ".join(name for pid, name in running.items() if pid != demo.process.pid)
    return not dead & set(running) and "catcher" in named and "valkey" in named


HOPELESS = """
import sys
from pathlib import Path
from config.supervisor import CannotStart, Child, Supervisor

supervisor = Supervisor(Path(sys.argv[1]), port=0)
supervisor.start(Child("web", [sys.executable, "-c", "raise SystemExit('no luck')"], lambda: False))
try:
    supervisor.wait_for_answers(50)
except CannotStart as reason:
    print(reason)
supervisor.leash.close()
"""


class TestStart:
    def test_gives_up_on_a_child_that_cannot_start_and_repeats_its_last_words(self, tmp_path):
        done = subprocess.run(
            [sys.executable, "-c", HOPELESS, tmp_path],
            cwd=demos.ROOT,
            check=False,
            capture_output=True,
            text=True,
            timeout=60,
        )

        assert done.stdout.startswith("web does not answer. Its last words: no luck")

    def test_says_which_port_is_taken(self, tmp_path):
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            port = taken.getsockname()[1]

            done = subprocess.run(
                [sys.executable, "-m", "config.supervisor"],
                cwd=demos.ROOT,
                env=demos.environment_for(tmp_path, port=port),
                check=False,
                capture_output=True,
                text=True,
            )

        assert done.returncode == 1
        assert done.stderr == f"Port {port} is taken; try another: make demo PORT={port + 1}\n"
        assert done.stdout == ""
