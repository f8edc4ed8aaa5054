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


def processes_of(directory: Path) -> dict[int, str]:
    """Return the command of every process that runs in, or for, the demo in ``directory``."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            told = f"DEMO_DIR={directory}".encode() in (folder / "environ").read_bytes()
            works_there = directory in (folder / "cwd").readlink().parents
            command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            continue
        if command and (told or works_there):
            found[int(folder.name)] = command
    return found


def until(holds, *, seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "It did not happen in time."
        time.sleep(0.1)


pytestmark = pytest.mark.processes
linux_only = pytest.mark.skipif(
    not Path("/proc/self/environ").exists(), reason="looks into /proc, which Linux alone has"
)


@pytest.mark.long
@linux_only
class TestSupervisor:
    def test_leaves_nothing_behind_when_it_is_killed(self, demo):
        started = processes_of(demo.dir)
        named = " ".join(started.values())
        assert [part for part in PARTS if part not in named] == []

        os.kill(demo.process.pid, signal.SIGKILL)
        demo.process.wait()

        until(lambda: not processes_of(demo.dir))

    def test_starts_again_what_dies_and_ends_all_when_asked(self, demo):
        [catcher] = [pid for pid, name in processes_of(demo.dir).items() if "catcher" in name]
        [broker] = [pid for pid, name in processes_of(demo.dir).items() if "valkey" in name]
        os.kill(catcher, signal.SIGKILL)
        os.kill(broker, signal.SIGKILL)

        def both_are_back() -> bool:
            others = {
                pid: name for pid, name in processes_of(demo.dir).items() if pid != demo.process.pid
            }
            named = " ".join(others.values())
            return not {catcher, broker} & set(others) and "catcher" in named and "valkey" in named

        until(both_are_back)
        assert demo.stop() == 0
        assert processes_of(demo.dir) == {}


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
