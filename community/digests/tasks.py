"""The knocks on the door of the digests."""

import time

from celery import shared_task
from django.utils import timezone

from community.digests import digests, recalling, seams
from mail import delivering

LONGEST = 20  # seconds of a process; the next knock goes on


@shared_task(name="community.digests.tasks.send_due_digests", ignore_result=True)
def send_due_digests() -> None:
    """Claim the periods of all who are due; harmless when several run at once.

    The clock is taken two minutes back: by the time a period is looked at here,
    everything in it is committed, for no request lives that long. A person who runs
    `send_digests` right after approving does not want to wait for that; what comes
    too late then is in the next digest (`seams`).
    """
    digests.open_due(now=timezone.now() - seams.SETTLE)
    write_digests()


@shared_task(name="community.digests.tasks.write_digests", ignore_result=True)
def write_digests() -> None:
    """Write digests that are open, and let each some leave before there are more.

    So a hold comes in time for all but a few, and mails never pile up behind a mail
    server that is away. Harmless when several run at once.
    """
    end = time.monotonic() + LONGEST
    digests.write(go_on=lambda: not delivering.deliver_all().away and time.monotonic() < end)


@shared_task
def purge() -> None:
    """Forget where the periods of long ago touched, and what old digests told; run daily."""
    now = timezone.now()
    seams.forget_old(now=now)
    recalling.forget_old(now=now)
