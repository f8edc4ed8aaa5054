"""Readers who unsubscribe while their digests are being sent, on real parts."""

import os
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from mail.models import Message
from tests.community.digests.sending import new_post, send
from tests.factories import SubscriptionFactory

READERS, LEAVERS = 100, 20
SOON = 1.0  # seconds after the answer to the POST
PATIENCE = 60  # seconds

State = Message.State


class Run:
    """A sender that mails what is due to a slow server."""

    def __init__(self, folder: Path) -> None:
        self.taken = folder / "taken"
        self.programs: list[subprocess.Popen[str]] = []
        port = self.start("tests.sink", str(self.taken), "slow").stdout.readline().strip()
        self.start("tests.sender", port)

    def start(self, *command: str) -> subprocess.Popen[str]:
        program = subprocess.Popen(
            [sys.executable, "-m", *command],
            env=os.environ | {"TEST_DATABASE": str(connection.settings_dict["NAME"])},
            stdout=subprocess.PIPE,
            text=True,
        )
        self.programs.append(program)
        return program

    def stop(self) -> None:
        for program in self.programs:
            program.kill()
            program.communicate()

    def mails(self) -> dict[str, list[float]]:
        """Return at which moments each reader was mailed."""
        found = defaultdict(list)
        for line in self.taken.read_text().splitlines():
            address, _, moment = line.split()
            found[address].append(float(moment))
        return found


@pytest.fixture
def run(tmp_path: Path) -> Iterator[Run]:
    SubscriptionFactory.create_batch(READERS, confirmed=True, confirmed_at=timezone.now())
    new_post()
    assert send().mails == READERS
    running = Run(tmp_path)
    yield running
    running.stop()


@pytest.mark.long
@pytest.mark.processes
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.usefixtures("site")
class TestWhoUnsubscribesDuringARun:
    def test_gets_no_mail_more_than_a_second_later(self, run):
        left = {}
        for number in range(LEAVERS):
            state = (State.SENDING, State.QUEUED)[number % 2]
            message = wait_until(lambda state=state: one_of(state))
            assert unsubscribe(message).status_code == 200
            left[message.to] = time.monotonic()
        wait_until(lambda: not Message.objects.undone().exists())

        mails = run.mails()

        too_late = {to: mails[to][0] - at for to, at in left.items() if to in mails}
        assert {to: late for to, late in too_late.items() if late > SOON} == {}
        assert len(mails) < READERS
        assert all(len(moments) == 1 for moments in mails.values())
        sent = set(Message.objects.filter(state=State.SENT).values_list("to", flat=True))
        assert sent == set(mails)
        assert set(Message.objects.values_list("to", flat=True)) - sent <= set(left)


def one_of(state: str) -> Message | None:
    """Return the last mail in ``state``: of those in a sender's hands it has to wait longest."""
    return Message.objects.filter(state=state).order_by("-pk").first()


def unsubscribe(message: Message):
    """Do what a mail program does for who wants no more of ``message`` (RFC 8058)."""
    link = message.headers["List-Unsubscribe"].strip("<>")
    path = link.removeprefix("https://estafette.example.org")
    return Client(enforce_csrf_checks=True).post(path, {"List-Unsubscribe": "One-Click"})


def wait_until(happened: Callable[[], Any]) -> Any:
    """Return what ``happened`` returns, once that is something."""
    deadline = time.monotonic() + PATIENCE
    while not (found := happened()):
        if time.monotonic() > deadline:
            raise TimeoutError
        time.sleep(0.02)
    return found
