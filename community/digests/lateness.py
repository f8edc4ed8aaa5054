"""Whether the digests go out as they should."""

from datetime import datetime, timedelta

from community.digests import holds
from community.digests.models import Delivery
from community.subscriptions.models import Subscription

EVERY = timedelta(minutes=10)  # past the hour, see `config.celery`
RUN_AT = timedelta(minutes=2)  # after each of these, for all that are due by then
LATE_AFTER = timedelta(hours=1)


def late_by(*, now: datetime) -> timedelta | None:
    """Return for how long a run has failed to come, if that is over an hour.

    A digest that is due at five past eight is for the run of twelve past, and late from
    twelve past nine on; so is one whose period was claimed over an hour ago, and that is
    not written. Digests that an editor holds are not late. Three queries.
    """
    due = Subscription.objects.due(now).values_list("next_digest_at", flat=True).first()
    unwritten = Delivery.objects.open().values_list("until", flat=True).first()
    since = [] if due is None else [_run_for(due)]
    since += [] if unwritten is None else [unwritten]
    if not since or holds.current() is not None:
        return None
    late = now - min(since)
    return late if late > LATE_AFTER else None


def _run_for(due: datetime) -> datetime:
    """Return the moment of the run that takes what is due at ``due``."""
    passed = timedelta(minutes=due.minute, seconds=due.second, microseconds=due.microsecond)
    return due + -passed % EVERY + RUN_AT
