"""Whether the digests go out as they should."""

from datetime import datetime, timedelta

from community.digests import holds
from community.subscriptions.models import Subscription

RUN_AT = timedelta(minutes=2)  # past every hour, see `config.celery`; for all due by that hour
HOUR = timedelta(hours=1)
LATE_AFTER = HOUR


def late_by(*, now: datetime) -> timedelta | None:
    """Return for how long a run has failed to come, if that is over an hour.

    A digest that is due at ten past eight is for the run of two past nine, and late
    from two past ten on. Digests that an editor holds are not late. Two queries.
    """
    due = Subscription.objects.due(now).values_list("next_digest_at", flat=True).first()
    if due is None or holds.current() is not None:
        return None
    late = now - _run_for(due)
    return late if late > LATE_AFTER else None


def _run_for(due: datetime) -> datetime:
    """Return the moment of the run that takes what is due at ``due``."""
    hour = due.replace(minute=0, second=0, microsecond=0)
    return (hour if hour == due else hour + HOUR) + RUN_AT
