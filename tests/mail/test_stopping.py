"""Readers who say stop while a sender is at work on their mail."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from mail import outbox, sending, states
from mail.delivering import deliver_all, deliver_due
from mail.models import Batch, Message
from tests.factories import MessageFactory

State = Message.State
KIND = "tests.note"

pytestmark = pytest.mark.django_db


def stop(message: Message) -> int:
    return outbox.stop(kind=KIND, to=message.to.upper())


def claim() -> tuple[Batch, list[Message]]:
    return states.claim(now=timezone.now(), limit=10)


def states_of(*messages) -> list[str]:
    return [Message.objects.get(pk=message.pk).state for message in messages]


class TestStop:
    def test_drops_what_has_not_left_and_nothing_else(self):
        queued, deferred = MessageFactory(), MessageFactory(state="deferred", to="ik@example.org")
        held = MessageFactory(state="sending", to="Ik@example.org")
        sent = MessageFactory(sent=True, to="ik@example.org")
        of_another_kind = MessageFactory(kind="tests.other", to="ik@example.org")

        assert stop(held) == 2

        assert states_of(held, deferred) == [State.CANCELLED] * 2
        assert states_of(queued, sent, of_another_kind) == ["queued", "sent", "queued"]


class TestAMailInASendersHands:
    def test_is_not_sent_when_it_was_put_back(self, server):
        first, second = MessageFactory.create_batch(2)
        batch, messages = claim()
        states.advance(batch, messages[0])

        stop(second)
        states.finish(batch, now=timezone.now())
        deliver_all()

        assert states_of(first, second) == [State.SENT, State.CANCELLED]
        assert server.addresses == []
        assert Message.objects.get(pk=second.pk).batch is None

    def test_is_not_sent_when_its_sender_died(self, server):
        first, second = MessageFactory.create_batch(2)
        claim()

        stop(second)
        deliver_due(now=timezone.now() + states.LEASE + dt.timedelta(seconds=1))

        assert states_of(first, second) == [State.SENT, State.CANCELLED]
        assert server.addresses == [first.to]
        assert not Batch.objects.exists()

    def test_was_sent_if_the_server_took_it(self):
        first, second = MessageFactory.create_batch(2)
        batch, messages = claim()

        stop(first)
        states.advance(batch, messages[1])
        states.finish(batch, now=timezone.now())

        assert states_of(first, second) == [State.SENT] * 2
        assert Message.objects.get(pk=first.pk).sent_at is not None

    @pytest.mark.parametrize("result", [State.DEFERRED, State.FAILED])
    def test_stays_dropped_if_the_server_did_not(self, result):
        first, second = MessageFactory.create_batch(2)
        batch, messages = claim()

        stop(first)
        assert not states.record(messages[0], result, now=timezone.now())
        states.advance(batch, messages[1])
        states.finish(batch, now=timezone.now())

        assert states_of(first, second) == [State.CANCELLED, State.SENT]

    def test_that_is_counted_at_once_was_sent_too(self):
        MessageFactory()
        _batch, [message] = claim()

        stop(message)

        assert states.record(message, State.SENT, now=timezone.now())
        assert states_of(message) == [State.SENT]

    def test_stays_dropped_if_it_has_to_wait(self):
        first, second = MessageFactory.create_batch(2)
        batch, messages = claim()

        stop(first)
        now = timezone.now()
        assert states.put_back(batch, keys=[first.pk], due_at=now, error="") == 0
        states.advance(batch, messages[1])
        states.finish(batch, now=now)

        assert states_of(first, second) == [State.CANCELLED, State.SENT]

    def test_is_not_sent_if_it_was_stopped_while_it_was_claimed(self, server, monkeypatch):
        first, second = MessageFactory.create_batch(2)
        not_stopped = states._not_stopped

        def stopped_just_before(held):
            stop(first)
            return not_stopped(list(Message.objects.filter(pk__in=[row.pk for row in held])))

        monkeypatch.setattr(states, "_not_stopped", stopped_just_before)
        deliver_due()

        assert server.addresses == [second.to]
        assert states_of(first, second) == [State.CANCELLED, State.SENT]

    def test_is_not_sent_though_it_was_announced_when_that_is_half_a_second_ago(
        self, server, monkeypatch
    ):
        server.pipelining = True
        opening, first, second, third = MessageFactory.create_batch(4)
        with time_machine.travel(timezone.now(), tick=False) as clock:
            advance = states.advance

            def slowly(batch, message):
                if message == first:
                    clock.shift(sending.HOLD * 1.1)
                    assert sending_to(second)
                    stop(second)
                return advance(batch, message)

            monkeypatch.setattr(states, "advance", slowly)
            deliver_all()

        assert server.addresses == [opening.to, first.to, third.to]
        assert states_of(first, second, third) == [State.SENT, State.CANCELLED, State.SENT]


def sending_to(message: Message) -> bool:
    return Message.objects.get(pk=message.pk).state == State.SENDING
