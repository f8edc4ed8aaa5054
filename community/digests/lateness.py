"""Whether the digests go out as they should."""

from datetime import datetime, timedelta

from community.digests import holds
from community.digests.models import Delivery
from community.subscriptions.models import Subscription

RUN_AT = timedelta(minutes=2)  # past every hour, see `config.celery`; for all due by that hour
HOUR = timedelta(hours=1)
LATE_AFTER = HOUR


def late_by(*, now: datetime) -> timedelta | None:
    """Return for how long a run has failed to come, if that is over an hour.

    A digest that is due at ten past eight is for the run of two past nine, and late
    from two past ten on; so is one whose period was claimed over an hour ago, and that is
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
    hour = due.replace(minute=0, second=0, microsecond=0)
    return (hour if hour == due else hour + HOUR) + RUN_AT
