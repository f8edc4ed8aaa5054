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
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

import pytest

from config.leash import Leash
from tests import demo as demos
from tests import servers
from tests.demo import Demo
from tests.gate import Gate, Mode

pytestmark = pytest.mark.long

POSTS = 500
READING_ON = 10  # one in so many reads the page that is led to; what it shows is tested elsewhere
WRITERS = 2  # a small machine has two cores, and its workers are busy being started
ANSWERED_WITHIN = 1.0  # seconds, nearly always: the machine has other tests to run as well
ANSWERED_AT_LAST = 3.0  # seconds; who waits for a server that is away takes more
MAILED_WITHIN = 120  # seconds after the last fault
QUIET_AFTER = 4  # seconds; until then a knock may still be under way
FEW = 20
# After how much of the posts what dies: broker and worker twice, the mail server for a while.
PLUGS = {
    0.12: "valkey",
    0.32: "celery -A config worker",
    0.52: "postvak",
    0.58: "postvak",
    0.64: "postvak",
    0.72: "valkey",
    0.86: "celery -A config worker",
}
FAULTS = {int(part * POSTS): what for part, what in PLUGS.items()}

COUNT = """
from community.comments.models import Comment
print(Comment.objects.filter(user_email__startswith={writer!r}).count())
"""
TITLE = "Onthouden tot de volgende keer"
RENAME = f"""
from home.models import HomePage
HomePage.objects.update(title={TITLE!r})
"""
PAGE = """
from blog.models import BlogPage
print(BlogPage.objects.live().order_by("pk").first().pk)
"""
SENT_AS = {
    "Content-Type": "application/x-www-form-urlencoded",
    "Sec-Fetch-Site": "same-origin",
}


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


def post(demo: Demo, page: str, writer: str, *, reads_on: bool = True) -> float:
    """Send one comment; return how many seconds the answer took, read as well or not."""
    fields = {
        "name": f"Lezer {writer}",
        "email": f"{writer}@example.org",
        "comment": f"Reactie van {writer}, geschreven terwijl er van alles uitvalt.",
    }
    begin = time.monotonic()
    with closing(HTTPConnection(urllib.parse.urlsplit(demo.url).netloc, timeout=30)) as server:
        server.request("POST", f"/reacties/{page}/", urllib.parse.urlencode(fields), SENT_AS)
        answer = server.getresponse()
        assert answer.status in {302, 303}
        assert "staat=bevestigen" in answer.headers["Location"]
    if reads_on:
        address = urllib.parse.urljoin(demo.url, answer.headers["Location"])
        with urllib.request.urlopen(address, timeout=30) as response:
            assert response.status == 200
    return time.monotonic() - begin


def first_page(demo: Demo) -> str:
    return demo.run(PAGE)


def stored(demo: Demo, writer: str) -> int:
    return int(demo.run(COUNT.format(writer=writer)))


def readiness(demo: Demo) -> str:
    """Return what the demo says of itself; it has to say so soon, and as one who serves."""
    with urllib.request.urlopen(f"{demo.url}health/ready", timeout=5) as response:
        return json.load(response)["status"]


def mailed(demo: Demo, writer: str) -> Counter[str]:
    return Counter(mail["to"] for mail in demo.postvak() if mail["to"].startswith(writer))


def wait_for_mails(demo: Demo, writer: str, count: int) -> Counter[str]:
    """Return how often each writer was mailed, once all were or time is up."""
    deadline = time.monotonic() + MAILED_WITHIN
    while len(mailed(demo, writer)) < count and time.monotonic() < deadline:
        time.sleep(0.5)
    time.sleep(QUIET_AFTER)  # for copies that come late
    return mailed(demo, writer)


@dataclass
class Outcome:
    """What a demo kept of what was written while plugs were pulled; it stands still by now."""

    dir: Path
    stored: int
    copies: Counter[str]
    seconds: list[float]
    status: int


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory, chromium: str) -> Outcome:
    demo = demos.start(demos.filled(tmp_path_factory.mktemp("shaken")))
    try:
        seconds = write(demo)
        count, copies = stored(demo, "fout"), wait_for_mails(demo, "fout", POSTS)
        demo.run(RENAME)
    finally:
        status = demo.stop()
    return Outcome(demo.dir, count, copies, seconds, status)


def write(demo: Demo) -> list[float]:
    """Pull plugs while people write; return how long each had to wait."""
    page, seconds = first_page(demo), []

    def one(number: int) -> float:
        return post(demo, page, f"fout{number}", reads_on=number % READING_ON == 0)

    with ThreadPoolExecutor(WRITERS) as writers:
        for number, took in enumerate(writers.map(one, range(POSTS))):
            seconds.append(took)
            if number in FAULTS:
                kill(demo, FAULTS[number])
    return seconds


class TestFaults:
    def test_lose_no_words_and_double_no_mail(self, outcome: Outcome):
        assert outcome.stored == POSTS
        assert len(outcome.copies) == POSTS
        assert sum(outcome.copies.values()) - POSTS <= len(FAULTS)
        assert max(outcome.copies.values()) <= 2
        assert sorted(outcome.seconds)[POSTS * 99 // 100] < ANSWERED_WITHIN
        assert max(outcome.seconds) < ANSWERED_AT_LAST


@pytest.fixture(scope="module")
def gate() -> Iterator[Gate]:
    leash, folder = Leash(), Path(tempfile.mkdtemp(prefix="estafette-gate-"))
    address = servers.start_valkey(leash, folder)
    gate = Gate(address.removeprefix("redis+socket://"))
    yield gate
    gate.close()
    leash.close()
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def demo(outcome: Outcome, gate: Gate) -> Iterator[Demo]:
    """The same demo, started again with a broker that stands behind ``gate``."""
    running = demos.start(outcome.dir, REDIS_URL=f"redis://127.0.0.1:{gate.port}/0")
    running.call("send_digests")  # what it is a copy of may be hours old: one too late is no fault
    yield running
    gate.turn(Mode.OPEN)
    running.stop()


class TestTheNextStart:
    def test_finds_all_that_was_kept(self, outcome: Outcome, demo: Demo):
        with urllib.request.urlopen(demo.url) as response:
            shown = response.read().decode()

        assert outcome.status == 0
        assert f"<h1>{TITLE}</h1>" in shown
        assert stored(demo, "fout") == POSTS


class TestABroker:
    """One that a firewall cuts off, and one that takes every connection and says nothing."""

    def test_that_refuses_or_hangs_is_felt_by_no_writer_and_loses_no_mail(self, demo, gate):
        page, sent = first_page(demo), 0

        for mode in (Mode.REFUSES, Mode.HANGS):
            gate.turn(mode)
            time.sleep(QUIET_AFTER)
            seconds = [post(demo, page, f"poort{n}") for n in range(sent, sent + FEW)]

            assert max(seconds) < ANSWERED_WITHIN, mode
            assert readiness(demo) == "degraded"
            assert stored(demo, "poort") == sent + FEW
            assert len(mailed(demo, "poort")) == sent, mode
            gate.turn(Mode.OPEN)
            copies = wait_for_mails(demo, "poort", sent + FEW)
            assert copies == {f"poort{n}@example.org": 1 for n in range(sent + FEW)}
            assert readiness(demo) == "ok"
            sent += FEW
