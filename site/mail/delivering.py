"""Handing the outbox over to the mail server.

Each message is claimed just before it is sent and written down just after, so
a sender that dies has at most one message in doubt. That one is sent again when
the lease runs out: at least once, and at most once more for each sender that
died. Exactly once is not to be had over SMTP (RFC 1047).
"""

import logging
import smtplib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from mail import bounces, composing, connecting, limits, retrying, states, suppression
from mail.models import Message

logger = logging.getLogger(__name__)

State = Message.State
BATCH = 200  # messages over one connection
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


class Away(OSError):
    """No mail server answers, or it hangs up on everything."""


def deliver_all() -> Result:
    """Send until nothing is due or the mail server is away."""
    total = Result()
    while not total.away:
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
    messages = list(Message.objects.due(clock())[:limit])
    if not messages:
        return Result()
    sender = _Sender(connecting.connection(), clock)
    result = Result(found=len(messages))
    try:
        for message in messages:
            result.count(sender.send(message))
    except Away as error:
        logger.warning("The mail server is away: %s", error)
        result.away = True
        _put_back(messages, now=clock(), error=error)
    finally:
        sender.hang_up()
    return result


def _put_back(messages: list[Message], *, now: datetime, error: Away) -> None:
    pks = [message.pk for message in messages]
    states.put_back(pks, now=now, due_at=now + retrying.AWAY, error=str(error))


class _Sender:
    """One connection to the mail server, opened when the first message needs it."""

    def __init__(self, connection: BaseEmailBackend, clock: Callable[[], datetime]) -> None:
        self.connection = connection
        self.clock = clock
        self.is_open = False
        self.lost = 0  # connections in a row

    def send(self, message: Message) -> State | None:
        """Claim ``message``, send it and write down what came of it.

        Return the state that it ended in, or ``None`` when another sender has it.

        Raises `Away`; then the message was not claimed, or is deferred already.
        """
        if self._hold(message):
            return None
        self._pick_up()
        if not states.claim(message, now=self.clock()):
            return None
        if suppression.is_suppressed(message.to):
            return self._record(message, State.SUPPRESSED)
        try:
            self.connection.send_messages([composing.compose(message)])
        except smtplib.SMTPServerDisconnected as error:
            return self._broken(message, _words(error))
        except smtplib.SMTPException as error:
            return self._refused(message, error)
        except OSError as error:
            return self._broken(message, _words(error))
        except (ValueError, TypeError) as error:  # no mail can be made of this row
            logger.exception("Message %s cannot be composed", message.key)
            return self._record(message, State.FAILED, error=repr(error))
        self.lost = 0
        return self._record(message, State.SENT)

    def hang_up(self) -> None:
        self.is_open = False
        with suppress(OSError):  # a server that is gone needs no goodbye
            self.connection.close()

    def _hold(self, message: Message) -> bool:
        """Put ``message`` back when forms have made us send too many; see `mail.limits`."""
        now = self.clock()
        until = limits.held_until(message, now=now)
        if until is not None:
            states.put_back([message.pk], now=now, due_at=until, error="")
        return until is not None

    def _pick_up(self) -> None:
        if self.is_open:
            return
        if self.lost >= LOST_IN_A_ROW:
            raise Away("the connection broke several times in a row")
        try:
            self.connection.open()
        except OSError as error:  # smtplib's errors are among them
            raise Away(_words(error)) from error
        self.is_open = True

    def _broken(self, message: Message, words: str) -> State:
        self.hang_up()
        self.lost += 1
        return self._try_again(message, retrying.LOST, words)

    def _refused(self, message: Message, error: smtplib.SMTPException) -> State:
        self.lost = 0
        code, words = _answer(error)
        if code == 421:  # "closing transmission channel": smtplib has hung up
            return self._broken(message, words)
        # Refusing the sender is about us, not about this message; but 552 is: too large.
        not_let_in = isinstance(error, smtplib.SMTPSenderRefused) and code != 552
        if code // 100 == 5 and not not_let_in:
            state = self._record(message, State.FAILED, error=words)
        else:
            state = self._try_again(message, retrying.BUSY, words)
        if state == State.FAILED and isinstance(error, smtplib.SMTPRecipientsRefused):
            bounces.note_refusal(message, code, words, now=self.clock())
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


def _answer(error: smtplib.SMTPException) -> tuple[int, str]:
    """Return the code and the words of a server that refused.

    smtplib's own refusals, such as an address that this server cannot be
    given, have no code; they are as final as a 550.
    """
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        [(code, reply)] = error.recipients.values()
        return code, f"{code} {_text(reply)}"
    if isinstance(error, smtplib.SMTPResponseException):
        return error.smtp_code, f"{error.smtp_code} {_text(error.smtp_error)}"
    return 550, _words(error)


def _words(error: OSError) -> str:
    return f"{type(error).__name__}: {error}"


def _text(reply: bytes | str) -> str:
    return reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
