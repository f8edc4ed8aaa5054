"""Mails that are looked at once more just before they leave."""

import datetime as dt
from collections.abc import Iterable

import pytest
from django.utils import timezone

from mail import checking, outbox, states
from mail.delivering import deliver_all, deliver_due
from mail.models import Batch, Message
from tests.factories import MessageFactory
from tests.mail.delivering.states import State, in_seconds, states_of

KIND = "tests.checked"

pytestmark = pytest.mark.django_db


class Room:
    """A room that takes back mails by their subject."""

    def __init__(self) -> None:
        self.redone: list[int] = []

    def stale(self, messages: Iterable[Message], /) -> set[int]:
        return {message.pk for message in messages if message.subject == "Oud"}

    def redo(self, keys: Iterable[int], /) -> None:
        self.redone += keys


@pytest.fixture
def room(monkeypatch) -> Room:
    room = Room()
    monkeypatch.setattr(checking, "_CHECKS", {})
    checking.register(KIND, room)
    return room


def mail(subject: str, kind: str = KIND) -> Message:
    return MessageFactory(kind=kind, subject=subject)


class TestWhatARoomTakesBack:
    def test_does_not_leave(self, server, room):
        new, old, newer = mail("Nieuw"), mail("Oud"), mail("Nieuwer")

        deliver_all()

        assert states_of(new, old, newer) == [State.SENT, State.CANCELLED, State.SENT]
        assert server.addresses == [new.to, newer.to]
        assert room.redone == [old.pk]
        assert not Batch.objects.exists()

    def test_opens_no_connection(self, server, room):
        mail("Oud")

        assert deliver_all().found == 0
        assert server.connections == 0

    def test_is_asked_of_its_own_kind_alone(self, server, room):
        other = mail("Oud", kind="tests.other")

        deliver_all()

        assert states_of(other) == [State.SENT]

    def test_is_not_done_again_when_somebody_stopped_it(self, server, room, monkeypatch):
        old = mail("Oud")
        stale = room.stale

        def stale_and_stopped(messages):
            outbox.stop(kind=KIND, to=old.to)
            return stale(messages)

        monkeypatch.setattr(room, "stale", stale_and_stopped)
        deliver_all()

        assert states_of(old) == [State.CANCELLED]
        assert Message.objects.get().batch is None
        assert room.redone == []

    def test_is_not_done_again_when_another_sender_took_it_over(self, room):
        old = mail("Oud")
        batch, messages = states.claim(now=timezone.now(), limit=10)
        states.take_over(now=in_seconds(3600))

        assert checking.Checks().fit_to_leave(batch, messages, now=timezone.now()) == []

        assert states_of(old) == [State.QUEUED]
        assert room.redone == []


class TestWhatIsFit:
    @pytest.fixture
    def asked(self, room, monkeypatch) -> list[str]:
        """What the room was asked about, one after the other."""
        asked = []

        def stale(messages):
            asked.extend(message.about for message in messages)
            return set()

        monkeypatch.setattr(room, "stale", stale)
        return asked

    @pytest.mark.parametrize(("seconds", "times"), [(0.9, 1), (1.1, 2)])
    def test_is_not_asked_again_for_a_second(self, asked, seconds, times):
        checks, now = checking.Checks(), timezone.now()

        for moment in (now, now + dt.timedelta(seconds=seconds)):
            assert is_fit(checks, "letter:1", moment)

        assert asked == ["letter:1"] * times

    def test_says_nothing_of_what_is_about_something_else(self, asked):
        checks, now = checking.Checks(), timezone.now()

        for about in ("letter:1", "letter:2", "", ""):
            assert is_fit(checks, about, now)

        assert asked == ["letter:1", "letter:2", "", ""]

    def test_is_forgotten_with_its_sender(self, server, room):
        first = MessageFactory(kind=KIND, subject="Nieuw", about="letter:1")
        deliver_due()
        second = MessageFactory(kind=KIND, subject="Oud", about="letter:1")
        deliver_due()

        assert states_of(first, second) == [State.SENT, State.CANCELLED]


def is_fit(checks: checking.Checks, about: str, now: dt.datetime) -> bool:
    """Return whether a message that is due may leave, ``now`` by the clock of its sender."""
    message = MessageFactory(kind=KIND, about=about)
    batch, messages = states.claim(now=timezone.now(), limit=10)
    return checks.fit_to_leave(batch, messages, now=now) == [message]


class TestACheckThatFails:
    @pytest.mark.parametrize("part", ["stale", "redo"])
    def test_keeps_its_own_mails_back_and_no_others(self, server, room, monkeypatch, part):
        def fail(*args):
            raise ValueError("nobody knows")

        monkeypatch.setattr(room, part, fail)
        checked, other = mail("Oud"), mail("Oud", kind="tests.other")

        deliver_due()

        assert states_of(checked, other) == [State.DEFERRED, State.SENT]
        assert Message.objects.get(pk=checked.pk).due_at > timezone.now()
        assert Message.objects.get(pk=checked.pk).attempts == 0
