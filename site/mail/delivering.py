"""Handing the outbox over to the mail server.

Mails are claimed a batch at a time, and each that the server took is written down
before the next is offered (`mail.states`), so a sender that dies has at most one
message in doubt. That one is sent again when the lease runs out: at least once, and at
most once more for each sender that died. Exactly once is not to be had over SMTP
(RFC 1047).
"""

import logging
import math
import smtplib
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from mail import (
    answers,
    bounces,
    composing,
    connecting,
    limits,
    retrying,
    states,
    suppression,
    wiring,
)
from mail.answers import Answer
from mail.models import Batch, Message

logger = logging.getLogger(__name__)

State = Message.State
BATCH = 200  # messages over one connection
FIRST, MOST = 10, 100  # messages claimed at once; more as long as `HOLD` lets them
HOLD = timedelta(milliseconds=500)  # that a message is out of reach for `cancel` and the like
LOST_IN_A_ROW = 3  # then the server is in trouble, and not this one message


@dataclass
class Result:
    """What came of a batch, by state. ``away``: the mail server did not answer."""

    found: int = 0
    sent: int = 0
    deferred: int = 0
    failed: int = 0
    suppressed: int = 0
    away: bool = False

    def count(self, outcome: State | None) -> None:
        """Add one message that ended in ``outcome``; ``None`` was not ours to send."""
        if outcome is not None:
            setattr(self, outcome, getattr(self, outcome) + 1)

    def include(self, other: "Result") -> None:
        """Add what came of another batch."""
        self.found += other.found
        self.sent += other.sent
        self.deferred += other.deferred
        self.failed += other.failed
        self.suppressed += other.suppressed
        self.away = self.away or other.away


class TakenOver(Exception):
    """Another sender took this one for dead: its lease ran out."""


class Away(OSError):
    """No mail server answers, or it hangs up on everything."""


def deliver_all(*, seconds: float = math.inf) -> Result:
    """Send until nothing is due, the mail server is away or so many ``seconds`` have passed."""
    total = Result()
    end = time.monotonic() + seconds
    while not total.away and time.monotonic() < end:
        batch = deliver_due()
        total.include(batch)
        if not batch.found:
            break
    return total


def deliver_due(*, now: datetime | None = None, limit: int = BATCH) -> Result:
    """Send up to ``limit`` due messages over one connection.

    Any number of these may run at once. Without ``now`` each message is judged
    by the clock at its own turn, for a slow server makes a batch last long.
    """
    clock: Callable[[], datetime] = (lambda: now) if now else timezone.now
    states.take_over(now=clock())
    sender = _Sender(connecting.connection(), clock)
    result = Result()
    size = min(FIRST, limit)
    try:
        while result.found < limit and not result.away:
            batch, messages = states.claim(now=clock(), limit=min(size, limit - result.found))
            if batch is None:
                break
            tried = sender.send_batch(batch, messages, result)
            size = min(size * 2, MOST) if tried == len(messages) else max(tried, 1)
    finally:
        sender.hang_up()
    return result


class _Sender:
    """One connection to the mail server, opened when the first message needs it."""

    def __init__(self, connection: BaseEmailBackend, clock: Callable[[], datetime]) -> None:
        self.connection = connection
        self.clock = clock
        self.is_open = False
        self.lost = 0  # connections in a row
        self.hidden: set[str] = set()  # suppressed addresses of this batch

    def send_batch(self, batch: Batch, messages: list[Message], result: Result) -> int:
        """Send ``messages``, and note in ``result`` what came of them; return how many were tried.

        Those whose turn does not come within `HOLD` are put back, so that they can be
        cancelled, and that those who unsubscribe are heard.
        """
        begun, tried = self.clock(), 0
        self.hidden = suppression.among(message.to for message in messages)
        try:
            for message in messages:
                if tried and self.clock() - begun > HOLD:
                    break
                result.count(self.send(message, batch))
                tried += 1
        except Away as error:
            logger.warning("The mail server is away: %s", error)
            result.away = True
            rest = [message.pk for message in messages[tried:]]
            due_at = self.clock() + retrying.AWAY
            states.put_back(batch, keys=rest, due_at=due_at, error=str(error))
        except TakenOver:
            logger.warning("Batch %s was taken over by another sender", batch.pk)
        finally:
            states.finish(batch, now=self.clock())
        result.found += tried
        return tried

    def send(self, message: Message, batch: Batch) -> State | None:
        """Send ``message`` and write down what came of it.

        Return the state that it ended in, or ``None`` when it has to wait.

        Raises `Away`; then the message was not tried, or is deferred already. Raises
        `TakenOver` when this sender was taken for dead.
        """
        if self._hold(message, batch):
            return None
        if message.to in self.hidden:
            return self._record(message, State.SUPPRESSED)
        self._pick_up()
        try:
            self._hand_over(message)
        except smtplib.SMTPServerDisconnected as error:
            return self._broken(message, answers.words(error))
        except smtplib.SMTPException as error:
            return self._refused(message, answers.read(error))
        except OSError as error:
            return self._broken(message, answers.words(error))
        except (ValueError, TypeError) as error:  # no mail can be made of this row
            logger.exception("Message %s cannot be composed", message.key)
            return self._record(message, State.FAILED, error=repr(error))
        self.lost = 0
        return self._sent(message, batch)

    def hang_up(self) -> None:
        self.is_open = False
        with suppress(OSError):  # a server that is gone needs no goodbye
            self.connection.close()

    def _hand_over(self, message: Message) -> None:
        server = getattr(self.connection, "connection", None)
        if isinstance(server, smtplib.SMTP) and wiring.can_be_wired(message):
            wiring.hand_over(server, message)
        else:
            self.connection.send_messages([composing.compose(message)])

    def _sent(self, message: Message, batch: Batch) -> State:
        """Write down that ``message`` left; at once in full where `mail.limits` counts it."""
        if message.is_by_form:
            is_ours = states.record(message, State.SENT, now=self.clock())
        else:
            is_ours = states.advance(batch, message)
        if not is_ours:
            raise TakenOver
        return State.SENT

    def _hold(self, message: Message, batch: Batch) -> bool:
        """Put ``message`` back when forms have made us send too many; see `mail.limits`."""
        until = limits.held_until(message, now=self.clock())
        if until is not None:
            states.put_back(batch, keys=[message.pk], due_at=until, error="")
        return until is not None

    def _pick_up(self) -> None:
        if self.is_open:
            return
        if self.lost >= LOST_IN_A_ROW:
            raise Away("the connection broke several times in a row")
        try:
            self.connection.open()
        except OSError as error:  # smtplib's errors are among them
            raise Away(answers.words(error)) from error
        self.is_open = True

    def _broken(self, message: Message, words: str) -> State:
        self.hang_up()
        self.lost += 1
        return self._try_again(message, retrying.LOST, words)

    def _refused(self, message: Message, answer: Answer) -> State:
        self.lost = 0
        if answer.code == 421:  # "closing transmission channel": smtplib has hung up
            return self._broken(message, answer.words)
        if answer.is_final:
            state = self._record(message, State.FAILED, error=answer.words)
        else:
            state = self._try_again(message, retrying.BUSY, answer.words)
        if state == State.FAILED and answer.about_recipient:
            bounces.note_refusal(message, answer.code, answer.words, now=self.clock())
        return state

    def _try_again(self, message: Message, first: timedelta, words: str) -> State:
        pause = retrying.wait(message.attempts, first=first)
        if pause is None:
            return self._record(message, State.FAILED, error=words)
        return self._record(message, State.DEFERRED, error=words, due_at=self.clock() + pause)

    def _record(
        self, message: Message, state: State, *, error: str = "", due_at: datetime | None = None
    ) -> State:
        now = self.clock()
        if not states.record(message, state, now=now, error=error, due_at=due_at):
            logger.warning("Message %s was taken over by another sender", message.key)
        return state
