"""One connection to the mail server, and the mails of a batch that go over it."""

import logging
import smtplib
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import zip_longest

from django.core.mail.backends.base import BaseEmailBackend

from mail import answers, bounces, composing, limits, retrying, states, suppression, wiring
from mail.answers import Answer
from mail.models import Batch, Message
from mail.results import Result

logger = logging.getLogger(__name__)

State = Message.State
HOLD = timedelta(milliseconds=500)  # that a message is out of reach for `cancel` and the like
LOST_IN_A_ROW = 3  # then the server is in trouble, and not this one message


class TakenOver(Exception):
    """Another sender took this one for dead: its lease ran out."""


class Away(OSError):
    """No mail server answers, or it hangs up on everything."""


class Sender:
    """One connection to the mail server, opened when the first message needs it."""

    def __init__(self, connection: BaseEmailBackend, clock: Callable[[], datetime]) -> None:
        self.connection = connection
        self.clock = clock
        self.is_open = False
        self.lost = 0  # connections in a row
        self.wire: wiring.Wire | None = None
        self.hidden: set[str] = set()  # suppressed addresses of this batch

    def send_batch(self, batch: Batch, messages: list[Message], result: Result) -> int:
        """Send ``messages``, and note in ``result`` what came of them; return how many were tried.

        Those whose turn does not come within `HOLD` are put back, so that they can be
        cancelled, and that those who unsubscribe are heard.
        """
        begun, tried = self.clock(), 0
        self.hidden = suppression.among(message.to for message in messages)
        try:
            for message, then in zip_longest(messages, messages[1:]):
                is_late = self.clock() - begun > HOLD
                if tried and is_late and not self._has_to_go(message, batch):
                    break
                follows = None if is_late or not self._can_follow(then) else then
                result.count(self.send(message, batch, then=follows))
                tried += 1
        except Away as error:
            logger.warning("The mail server is away: %s", error)
            result.away = True
            rest = [message.pk for message in messages[tried:]]
            due_at = self.clock() + retrying.AWAY
            states.put_back(batch, keys=rest, due_at=due_at, error=str(error))
        except TakenOver:
            logger.warning("Batch %s was taken over by another sender", batch.pk)
            self.hang_up()
        finally:
            states.finish(batch, now=self.clock())
        result.found += tried
        return tried

    def send(self, message: Message, batch: Batch, *, then: Message | None = None) -> State | None:
        """Send ``message`` and write down what came of it; ``then`` is sent next.

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
            self._hand_over(message, then)
        except smtplib.SMTPServerDisconnected as error:
            return self._broken(message, answers.words(error))
        except smtplib.SMTPException as error:
            return self._refused(message, answers.read(error))
        except OSError as error:
            return self._broken(message, answers.words(error))
        except (ValueError, TypeError) as error:  # no mail can be made of this row
            logger.exception("Message %s cannot be composed", message.key)
            self.hang_up()
            return self._record(message, State.FAILED, error=repr(error))
        self.lost = 0
        return self._sent(message, batch)

    def _has_to_go(self, message: Message, batch: Batch) -> bool:
        """Whether the server waits for ``message``, which nobody has stopped meanwhile."""
        if self.wire is None or self.wire.announced is not message:
            return False
        is_ours = states.holds(batch, message)
        if not is_ours:
            self.hang_up()
        return is_ours

    def _can_follow(self, message: Message | None) -> bool:
        """Whether ``message`` is sure to be sent after the one before it."""
        if message is None or self.wire is None:
            return False
        is_sure = not message.is_by_form and message.to not in self.hidden
        return is_sure and wiring.can_be_wired(message)

    def hang_up(self) -> None:
        if self.wire is not None:
            self.wire.cut()
        self.is_open, self.wire = False, None
        with suppress(OSError):  # a server that is gone needs no goodbye
            self.connection.close()

    def _hand_over(self, message: Message, then: Message | None) -> None:
        if self.wire is not None and wiring.can_be_wired(message):
            self.wire.hand_over(message, then=then)
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
        server = getattr(self.connection, "connection", None)
        self.wire = wiring.Wire(server) if isinstance(server, smtplib.SMTP) else None

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
