"""Handing the outbox over to the mail server.

Mails are claimed a batch at a time, and each that the server took is written down
before the text of the next goes out (`mail.states`), so a sender that dies has at most one
message in doubt. That one is sent again when the lease runs out: at least once, and at
most once more for each sender that died. Exactly once is not to be had over SMTP
(RFC 1047).
"""

import math
import time
from collections.abc import Callable
from datetime import datetime

from django.utils import timezone

from mail import checking, connecting, states
from mail.results import Result
from mail.sending import Sender

BATCH = 1000  # messages over one connection
FIRST, MOST = 10, 250  # messages claimed at once; more as long as `sending.HOLD` lets them


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
    sender, checks = Sender(connecting.connection(), clock), checking.Checks()
    result = Result()
    size = min(FIRST, limit)
    try:
        while result.found < limit and not result.away:
            batch, messages = states.claim(now=clock(), limit=min(size, limit - result.found))
            if batch is None:
                break
            messages = checks.fit_to_leave(batch, messages, now=clock())
            tried = sender.send_batch(batch, messages, result)
            size = min(size * 2, MOST) if tried == len(messages) else max(tried, 1)
    finally:
        sender.hang_up()
    return result
