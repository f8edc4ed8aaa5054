"""Holding the digests for a while, and letting them go again.

Who is due stays due, and the first digest after the release tells what was new all that
time. A run that is under way stops; only what it has handed to the outbox, a few hundred
at most, is on its way.
"""

from datetime import datetime

from django.db.models import Max

from community.digests import rights
from community.digests.models import Hold
from users.models import User


def current() -> Hold | None:
    """Return the hold that is on, if any; one query."""
    return Hold.objects.filter(released_at__isnull=True).select_related("held_by").first()


def last_release() -> datetime | None:
    """Return when digests were let go last, if ever; one query."""
    return Hold.objects.aggregate(last=Max("released_at"))["last"]


def hold(*, by: User, now: datetime) -> Hold:
    """Make no digests from ``now`` on; harmless twice. Raises `PermissionDenied`."""
    rights.require(by)
    return current() or Hold.objects.create(held_at=now, held_by=by)


def release(*, by: User, now: datetime) -> bool:
    """Make digests again; return whether they were held. Raises `PermissionDenied`."""
    rights.require(by)
    held = Hold.objects.filter(released_at__isnull=True)
    return bool(held.update(released_at=now, released_by=by))
