"""The life of a message, and who may change it.

    queued ─┬─▶ sending ─┬─▶ sent
    deferred┘      ▲     ├─▶ deferred ──▶ (sending)
       │           │     ├─▶ failed
       │           └─────┘ the lease ran out: its sender died
       ├─▶ suppressed, failed
       └─▶ cancelled

    deferred, failed, suppressed ──▶ queued, when an editor asks for it

A claim is a lease with a number: ``attempts`` grows by one with every claim.
A sender may record a result only while the row is still being sent under the
number that it got, so a sender that was frozen past its lease changes nothing.
"""

from datetime import datetime, timedelta

from mail.models import Message, MessageQuerySet

State = Message.State

LEASE = timedelta(minutes=2)  # far longer than EMAIL_TIMEOUT: one message is sent under it
BLANK: dict = {"subject": "", "text": "", "html": "", "headers": {}}
UNDONE = (State.QUEUED, State.DEFERRED, State.SENDING)
RESULTS = {State.SENT, State.DEFERRED, State.FAILED, State.SUPPRESSED}


def claim(message: Message, *, now: datetime) -> bool:
    """Take ``message`` for sending until ``now`` + `LEASE`; return whether it is ours.

    Of any number of senders that ask at once, one gets it.
    """
    attempt = message.attempts + 1
    taken = (
        Message.objects.due(now)
        .filter(pk=message.pk, attempts=message.attempts)
        .update(state=State.SENDING, attempts=attempt, due_at=now + LEASE)
    )
    if taken:
        message.state, message.attempts, message.due_at = State.SENDING, attempt, now + LEASE
    return bool(taken)


def record(
    message: Message,
    state: State,
    *,
    now: datetime,
    error: str = "",
    due_at: datetime | None = None,
) -> bool:
    """Write down how sending ended; return whether the lease was still ours.

    ``due_at`` is when a deferred message is tried again.
    """
    if state not in RESULTS:
        raise ValueError(f"{state} is not the end of sending")
    ours = Message.objects.filter(pk=message.pk, state=State.SENDING, attempts=message.attempts)
    return bool(
        ours.update(
            state=state,
            error=error,
            due_at=due_at or now,
            sent_at=now if state == State.SENT else None,
        )
    )


def put_back(keys: list[int], *, now: datetime, due_at: datetime, error: str) -> int:
    """Let due messages wait until ``due_at``: no mail server answered.

    That is no fault of theirs, so it is not counted as an attempt.
    """
    due = Message.objects.due(now).filter(pk__in=keys)
    return due.update(state=State.DEFERRED, due_at=due_at, error=error)


def cancel(messages: MessageQuerySet) -> int:
    """Drop those of ``messages`` that still wait; return how many."""
    return messages.waiting().update(state=State.CANCELLED)


def requeue(messages: MessageQuerySet, *, now: datetime) -> int:
    """Let those of ``messages`` that can still leave do so from ``now`` on; return how many.

    Not those that are being sent, that left, that were cancelled (what they say was
    taken back) or whose words are forgotten. ``attempts`` stays, for leases go by it.
    """
    return messages.can_be_requeued().update(state=State.QUEUED, due_at=now)


def forget(messages: MessageQuerySet) -> int:
    """Drop what is not done, blank the words of all of ``messages``; return how many were dropped.

    One that is just being sent may leave still, but is not sent again: there are no
    words for it any more.
    """
    dropped = messages.filter(state__in=UNDONE).update(state=State.CANCELLED)
    messages.update(**BLANK)
    return dropped
