"""The life of a message, and who may change it.

    queued ─┬─▶ sending ─┬─▶ sent
    deferred┘      ▲     ├─▶ deferred ──▶ (sending)
       │           │     ├─▶ failed
       │           └─────┘ the lease ran out: its sender died
       ├─▶ suppressed, failed
       └─▶ cancelled (from sending too, by `stop` and `drop`)

    deferred, failed, suppressed ──▶ queued, when an editor asks for it

A sender claims a batch, under a lease. The messages of one are sent in the order of
their keys, and after each that the server took the sender moves the batch's watermark:
one small update is progress and fence in one. When it is done all that was sent is
written down at once. Of a sender that died, what lies below the watermark was sent, and
the rest was not, but for one message at most that is in doubt: that one is sent again.
Who takes over deletes the batch, so a sender that was only frozen moves nothing more.

A message that is cancelled in a sender's hands keeps its batch, so that the watermark
tells whether it had left: then it was sent after all. What its own sender drops before it
tries any has surely not left.
"""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import F

from mail.models import Batch, Body, Message, MessageQuerySet

State = Message.State

LEASE = timedelta(minutes=2)  # far longer than half a second and one conversation after it
BLANK: dict = {
    "subject": "",
    "own_text": "",
    "own_html": "",
    "own": {},
    "body": None,
    "headers": {},
}
_ADVANCE = "UPDATE mail_batch SET watermark = %s WHERE id = %s"
_HELD = (State.SENDING, State.CANCELLED)  # of a batch
RESULTS = {State.SENT, State.DEFERRED, State.FAILED, State.SUPPRESSED}


def claim(*, now: datetime, limit: int) -> tuple[Batch | None, list[Message]]:
    """Take up to ``limit`` messages for sending until ``now`` + `LEASE`, in order of their keys.

    Copies of a mail for many come after all others: somebody is waiting for a mail to log in
    or to confirm with. Of any number of senders that ask at once, one gets each message.
    """
    ready = Message.objects.ready(now)
    chosen = next((some for some in (ready.single(), ready) if some.exists()), None)
    if chosen is None:
        return None, []
    with transaction.atomic():
        free = chosen.select_for_update(skip_locked=True)
        keys = list(free.values_list("pk", flat=True)[:limit])
        batch = Batch.objects.create()
        Message.objects.filter(pk__in=keys).update(
            state=State.SENDING, attempts=F("attempts") + 1, due_at=now + LEASE, batch=batch
        )
    held = batch.messages.order_by("pk").prefetch_related("body")  # each body once
    return batch, _not_stopped(list(held))  # their words are read without a lock


def _not_stopped(held: list[Message]) -> list[Message]:
    """Return those of ``held`` that nobody stopped since they were claimed."""
    mine = [message for message in held if message.state == State.SENDING]
    if len(mine) < len(held):
        gone = {message.pk for message in held} - {message.pk for message in mine}
        _let_go(Message.objects.filter(pk__in=gone))
    return mine


def drop(batch: Batch, keys: Collection[int]) -> list[int]:
    """Cancel those of ``batch`` with ``keys``, none of which was tried; return whose that did.

    In a transaction. Of what another sender took over, or somebody stopped, nothing is
    returned.
    """
    held = Message.objects.filter(pk__in=keys, batch=batch)
    mine = held.filter(state=State.SENDING).select_for_update()
    dropped = list(mine.values_list("pk", flat=True))
    Message.objects.filter(pk__in=dropped).update(state=State.CANCELLED)
    _let_go(held)
    return dropped


def advance(batch: Batch, message: Message) -> bool:
    """Write down that the server took ``message``; return whether the batch is still ours.

    In SQL: to make up a query of Django's takes longer than to make up the mail.
    """
    with connection.cursor() as cursor:
        cursor.execute(_ADVANCE, [message.pk, batch.pk])
        return cursor.rowcount == 1


@transaction.atomic
def finish(batch: Batch, *, now: datetime) -> None:
    """Write down all of ``batch`` that was sent, and put back what was not tried."""
    mine = Batch.objects.select_for_update().filter(pk=batch.pk)
    for watermark in mine.values_list("watermark", flat=True):
        held = Message.objects.filter(batch=batch, state__in=_HELD)
        held.filter(pk__lte=watermark).update(
            state=State.SENT, sent_at=now, due_at=now, error="", batch=None
        )
        held.filter(state=State.SENDING).update(
            state=State.QUEUED, attempts=F("attempts") - 1, due_at=now, batch=None
        )
        batch.delete()  # the cancelled ones let go of it


def take_over(*, now: datetime) -> None:
    """Do for senders that died what `finish` does; what one was sending is sent again."""
    abandoned = Message.objects.abandoned(now)
    if not abandoned.exists():
        return
    for batch in Batch.objects.filter(pk__in=abandoned.values("batch")):
        finish(batch, now=now)
    abandoned.filter(batch=None).update(state=State.QUEUED, due_at=now)


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
    ours = Message.objects.filter(pk=message.pk, attempts=message.attempts, batch=message.batch_id)
    is_sent = state == State.SENT
    is_recorded = ours.filter(state__in=_HELD if is_sent else [State.SENDING]).update(
        state=state,
        error=error,
        due_at=due_at or now,
        sent_at=now if is_sent else None,
        batch=None,
    )
    if not is_recorded:
        _let_go(ours)
    return bool(is_recorded)


def put_back(batch: Batch, *, keys: list[int], due_at: datetime, error: str) -> int:
    """Let those of ``batch`` with ``keys`` wait until ``due_at``.

    That is no fault of theirs, so it is not counted as an attempt.
    """
    held = Message.objects.filter(pk__in=keys, batch=batch)
    waiting = held.filter(state=State.SENDING).update(
        state=State.DEFERRED, due_at=due_at, error=error, attempts=F("attempts") - 1, batch=None
    )
    if waiting < len(keys):
        _let_go(held)
    return waiting


def holds(batch: Batch, message: Message) -> bool:
    """Return whether ``message`` is still to be sent by who holds ``batch``."""
    return Message.objects.filter(pk=message.pk, batch=batch, state=State.SENDING).exists()


def _let_go(messages: MessageQuerySet) -> None:
    """Write down that those of ``messages`` that were cancelled did not leave before that."""
    messages.filter(state=State.CANCELLED).update(batch=None)


def cancel(messages: MessageQuerySet) -> int:
    """Drop those of ``messages`` that still wait; return how many."""
    return messages.waiting().update(state=State.CANCELLED)


@transaction.atomic
def stop(messages: MessageQuerySet) -> int:
    """Drop those of ``messages`` that are not done, in a sender's hands too; return how many.

    What a sender holds leaves within `sending.HOLD` and one conversation, or never: not
    when it is put back, nor when another sender takes over.
    """
    held = messages.filter(state=State.SENDING)
    batches = Batch.objects.filter(pk__in=held.values("batch")).order_by("pk")
    list(batches.select_for_update())  # before the messages, as `finish` does: no deadlock
    return messages.undone().update(state=State.CANCELLED)


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
    dropped = messages.undone().update(state=State.CANCELLED)
    bodies = set(messages.exclude(body=None).values_list("body_id", flat=True))
    messages.update(**BLANK)
    if bodies:
        Body.objects.unused().filter(pk__in=bodies).delete()
    return dropped
