"""Pull plugs while people write: no word is lost, and every mail goes out once."""

import json
import os
import signal
import subprocess
import time
import urllib.parse
import urllib.request
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from tests.demo import Demo

POSTS = 500
WRITERS = 4
ANSWERED_WITHIN = 1.0  # seconds
MAILED_WITHIN = 120  # seconds after the last fault

COUNT = """
import json
from community.comments.models import Comment
print(json.dumps(Comment.objects.filter(user_email__startswith="fout").count()))
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
        time.sleep(0.2)
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


def mailed(demo: Demo) -> Counter[str]:
    return Counter(mail["to"] for mail in demo.postvak() if mail["to"].startswith("fout"))


class TestFaults:
    def test_lose_no_words_and_double_no_mail(self, own_demo: Demo):
        page = own_demo.manage("shell", "-c", PAGE).split()[-1]
        faults = {60: "valkey", 160: "celery -A config worker", 260: "postvak", 360: "valkey"}
        seconds: list[float] = []

        with ThreadPoolExecutor(WRITERS) as writers:
            for number, took in enumerate(
                writers.map(lambda n: post(own_demo, page, n), range(POSTS))
            ):
                seconds.append(took)
                if number in faults:
                    kill(own_demo, faults[number])

        assert json.loads(own_demo.manage("shell", "-c", COUNT).split()[-1]) == POSTS
        deadline = time.monotonic() + MAILED_WITHIN
        while len(mailed(own_demo)) < POSTS and time.monotonic() < deadline:
            time.sleep(1)
        copies = mailed(own_demo)
        assert len(copies) == POSTS
        assert sum(copies.values()) - POSTS <= len(faults)
        assert max(copies.values()) <= 2
        assert max(seconds) < ANSWERED_WITHIN
