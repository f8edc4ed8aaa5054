"""Opening a period: a delivery for everybody who is due, in a few statements for thousands."""

from datetime import datetime

from django.db import connection, transaction
from django.db.models import DateTimeField, Value
from django.db.models.functions import Greatest

from community.digests import seams
from community.digests.models import Delivery
from community.subscriptions.models import Subscription, SubscriptionQuerySet
from community.subscriptions.schedules import Schedule

CHUNK = 20_000  # subscriptions in one transaction: a fifth of a second of everyone's time on SQLite


def open_due(*, now: datetime, until: datetime) -> int:
    """Claim for all who are due at ``now`` what happens until ``until``; return how many.

    Each gets a `Delivery` that is still to be written, whether there is news or not, and
    a next moment. Both or neither, so any number of runs at once claim each period once,
    and one that was broken off is simply started again. No period ends before another has,
    and none is told of before its end is settled (`seams`).
    """
    opened, last = 0, 0
    while keys := _next_keys(now, last):
        if not opened:
            seams.open_at(until)
        first, last = keys[0], keys[-1]
        opened += _open(Subscription.objects.due(now).filter(pk__range=(first, last)), now, until)
    return opened


def _next_keys(now: datetime, last: int) -> list[int]:
    due = Subscription.objects.due(now).filter(pk__gt=last).order_by("pk")
    return list(due.values_list("pk", flat=True)[:CHUNK])


@transaction.atomic
def _open(due: SubscriptionQuerySet, now: datetime, until: datetime) -> int:
    _insert(due.filter(digested_until__lt=until), until)
    wishes = due.order_by().values(*Schedule.__dataclass_fields__).distinct()
    return sum(_move_on(due.filter(**wish), Schedule(**wish), now, until) for wish in wishes)


def _insert(due: SubscriptionQuerySet, until: datetime) -> None:
    """Write a delivery for each of ``due``, whom nobody else can claim or change meanwhile."""
    end = Value(until, output_field=DateTimeField())
    rows = due.order_by("pk").select_for_update().annotate(until=end)
    chosen, values = rows.values_list("pk", "digested_until", "until").query.sql_with_params()
    table = Delivery._meta.db_table
    into = f"INSERT INTO {table} (subscription_id, since, until) "
    with connection.cursor() as cursor:
        cursor.execute(f"{into}{chosen} ON CONFLICT DO NOTHING", values)


def _move_on(due: SubscriptionQuerySet, schedule: Schedule, now: datetime, until: datetime) -> int:
    """Let ``due``, who all wish for ``schedule``, wait for their next digest; return how many.

    ``digested_until`` never goes back, not even when ``until`` lies before it.
    """
    end = Greatest("digested_until", Value(until, output_field=DateTimeField()))
    return due.update(digested_until=end, next_digest_at=schedule.next_moment(after=now))
