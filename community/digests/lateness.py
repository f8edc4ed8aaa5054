"""Whether the digests go out as they should."""

from datetime import datetime, timedelta

from community.digests import holds
from community.digests.models import Delivery
from community.subscriptions.models import Subscription

EVERY = timedelta(minutes=10)  # past the hour, see `config.celery`
RUN_AT = timedelta(minutes=2)  # after each of these, for all that are due by then
LATE_AFTER = timedelta(hours=1)


def longest_wait(*, now: datetime) -> timedelta:
    """Return for how long the digest has waited that waits longest; zero when none does.

    One waits from when it is due, or from the end of its period once that is claimed; after
    a hold, from the release at the earliest. Digests that an editor holds do not wait. Four
    queries.
    """
    return now - min(filter(None, _waiting(now)), default=now)


def late_by(*, now: datetime) -> timedelta | None:
    """Return for how long a run has failed to come, if that is over an hour.

    A digest that is due at five past eight is for the run of twelve past, and late from
    twelve past nine on; so is one whose period was claimed over an hour ago, and that is
    not written. Otherwise as `longest_wait`.
    """
    due, unwritten = _waiting(now)
    missed = [due and _run_for(due), unwritten]
    late = now - min(filter(None, missed), default=now)
    return late if late > LATE_AFTER else None


def _waiting(now: datetime) -> tuple[datetime | None, datetime | None]:
    """Return since when a digest waits to be claimed, and since when one to be written."""
    if holds.current() is not None:
        return None, None
    released = holds.last_release()
    due = Subscription.objects.due(now).values_list("next_digest_at", flat=True).first()
    unwritten = Delivery.objects.open().values_list("until", flat=True).first()
    return _after(released, due), _after(released, unwritten)


def _after(released: datetime | None, since: datetime | None) -> datetime | None:
    return since if since is None or released is None else max(since, released)


def _run_for(due: datetime) -> datetime:
    """Return the moment of the run that takes what is due at ``due``."""
    passed = timedelta(minutes=due.minute, seconds=due.second, microseconds=due.microsecond)
    return due + -passed % EVERY + RUN_AT
