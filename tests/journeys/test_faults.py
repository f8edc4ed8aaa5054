"""Pull plugs while people write: no word is lost, and every mail goes out once."""

import json
import os
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.parse
import urllib.request
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from config.leash import Leash
from tests import demo as demos
from tests import servers
from tests.demo import Demo
from tests.gate import Gate, Mode

POSTS = 500
WRITERS = 2  # a small machine has two cores, and its workers are busy being started
ANSWERED_WITHIN = 1.0  # seconds, nearly always: the machine has other tests to run as well
ANSWERED_AT_LAST = 3.0  # seconds; who waits for a server that is away takes more
MAILED_WITHIN = 120  # seconds after the last fault
QUIET_AFTER = 4  # seconds; until then a knock may still be under way
FEW = 20
# After which post what dies: broker and worker twice, the mail server for some seconds.
FAULTS = {
    60: "valkey",
    160: "celery -A config worker",
    260: "postvak",
    290: "postvak",
    320: "postvak",
    360: "valkey",
    430: "celery -A config worker",
}

COUNT = """
from community.comments.models import Comment
print(Comment.objects.filter(user_email__startswith="fout").count())
"""
PAGE = """
from blog.models import BlogPage
print(BlogPage.objects.live().order_by("pk").first().pk)
"""


def kill(demo: Demo, word: str) -> None:
    """Kill the part of the demo that has ``word`` in its command line; the supervisor is left.

    A part that is just being started again is waited for.
    """
    family = ["ps", "-ww", "-o", "pid=,args=", "--ppid", str(demo.process.pid)]
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        listed = subprocess.run(family, capture_output=True, text=True, check=True).stdout
        for line in listed.splitlines():
            pid, command = line.split(maxsplit=1)
            if word in command:
                os.kill(int(pid), signal.SIGKILL)
                return
        time.sleep(0.05)
    raise AssertionError(f"No part {word!r} runs:\n{listed}")


def post(demo: Demo, page: str, number: int) -> float:
    """Send one comment; return how many seconds the answer took."""
    fields = {
        "name": f"Lezer {number}",
        "email": f"fout{number}@example.org",
        "comment": f"Reactie {number}, geschreven terwijl er van alles uitvalt.",
    }
    request = urllib.request.Request(
        f"{demo.url}reacties/{page}/",
        data=urllib.parse.urlencode(fields).encode(),
        headers={"Sec-Fetch-Site": "same-origin"},
    )
    begin = time.monotonic()
    with urllib.request.urlopen(request, timeout=30) as response:
        assert "staat=bevestigen" in response.url
    return time.monotonic() - begin


def first_page(demo: Demo) -> str:
    return demo.run(PAGE)


def stored(demo: Demo) -> int:
    return int(demo.run(COUNT))


def readiness(demo: Demo) -> str:
    """Return what the demo says of itself; it has to say so soon, and as one who serves."""
    with urllib.request.urlopen(f"{demo.url}health/ready", timeout=5) as response:
        return json.load(response)["status"]


def mailed(demo: Demo) -> Counter[str]:
    return Counter(mail["to"] for mail in demo.postvak() if mail["to"].startswith("fout"))


def wait_for_mails(demo: Demo, count: int) -> Counter[str]:
    """Return how often each writer was mailed, once all were or time is up."""
    deadline = time.monotonic() + MAILED_WITHIN
    while len(mailed(demo)) < count and time.monotonic() < deadline:
        time.sleep(0.1)
    time.sleep(QUIET_AFTER)  # for copies that come late
    return mailed(demo)


class TestFaults:
    def test_lose_no_words_and_double_no_mail(self, own_demo: Demo):
        page = first_page(own_demo)
        seconds: list[float] = []

        with ThreadPoolExecutor(WRITERS) as writers:
            for number, took in enumerate(
                writers.map(lambda n: post(own_demo, page, n), range(POSTS))
            ):
                seconds.append(took)
                if number in FAULTS:
                    kill(own_demo, FAULTS[number])

        assert stored(own_demo) == POSTS
        copies = wait_for_mails(own_demo, POSTS)
        assert len(copies) == POSTS
        assert sum(copies.values()) - POSTS <= len(FAULTS)
        assert max(copies.values()) <= 2
        assert sorted(seconds)[POSTS * 99 // 100] < ANSWERED_WITHIN
        assert max(seconds) < ANSWERED_AT_LAST


class TestABroker:
    """One that a firewall cuts off, and one that takes every connection and says nothing."""

    @pytest.fixture
    def gate(self) -> Iterator[Gate]:
        leash, folder = Leash(), Path(tempfile.mkdtemp(prefix="estafette-gate-"))
        address = servers.start_valkey(leash, folder)
        gate = Gate(address.removeprefix("redis+socket://"))
        yield gate
        gate.close()
        leash.close()
        shutil.rmtree(folder)

    @pytest.fixture
    def demo(self, tmp_path: Path, chromium: str, gate: Gate) -> Iterator[Demo]:
        """A demo whose broker stands behind ``gate``."""
        address = f"redis://127.0.0.1:{gate.port}/0"
        running = demos.start(demos.filled(tmp_path / "demo"), REDIS_URL=address)
        yield running
        gate.turn(Mode.OPEN)
        running.stop()

    def test_that_refuses_or_hangs_is_felt_by_no_writer_and_loses_no_mail(self, demo, gate):
        page, sent = first_page(demo), 0

        for mode in (Mode.REFUSES, Mode.HANGS):
            gate.turn(mode)
            time.sleep(QUIET_AFTER)
            seconds = [post(demo, page, number) for number in range(sent, sent + FEW)]

            assert max(seconds) < ANSWERED_WITHIN, mode
            assert readiness(demo) == "degraded"
            assert stored(demo) == sent + FEW
            assert len(mailed(demo)) == sent, mode
            gate.turn(Mode.OPEN)
            copies = wait_for_mails(demo, sent + FEW)
            assert copies == {f"fout{number}@example.org": 1 for number in range(sent + FEW)}
            assert readiness(demo) == "ok"
            sent += FEW
