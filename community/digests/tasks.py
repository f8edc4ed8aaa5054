"""The knock on the door of the digests."""

from celery import shared_task
from django.utils import timezone

from community.digests import digests, seams


@shared_task(name="community.digests.tasks.send_due_digests", ignore_result=True)
def send_due_digests() -> None:
    """Write the digests that are due; harmless when several run at once.

    The clock is taken two minutes back: by the time a period is looked at here,
    everything in it is committed, for no request lives that long. A person who runs
    `send_digests` right after approving does not want to wait for that; what comes
    too late then is in the next digest (`seams`).
    """
    digests.send_due(now=timezone.now() - seams.SETTLE)


@shared_task
def purge() -> None:
    """Forget where the periods of long ago touched; run daily."""
    seams.forget_old(now=timezone.now())
