"""When a message that could not be delivered is tried again, and when no more."""

from datetime import timedelta

# Greylisting servers ask for some minutes. RFC 5321, 4.5.4.1, advises to give
# up after 4 to 5 days; a link or a digest is of no use by then.
BUSY = timedelta(minutes=1)
LOST = timedelta(seconds=10)  # the connection broke: that is usually over soon
AWAY = timedelta(seconds=15)  # nobody answers at all: asking again is cheap
LONGEST = timedelta(hours=6)
GIVE_UP_AFTER = timedelta(hours=72)


def wait(attempts: int, *, first: timedelta) -> timedelta | None:
    """Return how long to wait after attempt number ``attempts``, counted from 1.

    Twice as long each time, at most `LONGEST`; ``None`` when the waits before it
    and this one come to more than `GIVE_UP_AFTER`.
    """
    waits = [_step(number, first) for number in range(min(attempts, 100))]
    if sum(waits, timedelta()) > GIVE_UP_AFTER:
        return None
    return waits[-1]


def _step(number: int, first: timedelta) -> timedelta:
    return min(first * 2**number, LONGEST) if number < 20 else LONGEST
