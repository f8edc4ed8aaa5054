"""The knock on the door of the digests."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from community.digests import digests

SETTLE = timedelta(minutes=2)


@shared_task(name="community.digests.tasks.send_due_digests", ignore_result=True)
def send_due_digests() -> None:
    """Write the digests that are due; harmless when several run at once.

    The clock is taken two minutes back. A comment is given its moment of
    approval inside a transaction that may be committed a little later; a window
    that ended at the present would pass it by, and the next one would begin
    after it. By the time a window is looked at here, everything in it is
    committed, for no request lives that long.
    """
    digests.send_due(now=timezone.now() - SETTLE)
