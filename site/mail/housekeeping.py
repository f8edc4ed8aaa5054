"""What the outbox does not keep: words for 30 days, rows for 13 months, then only numbers."""

from collections import Counter
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from mail import states
from mail.models import Body, Message, MessageQuerySet, MonthlyCount

NETWORKS_KEPT_FOR = timedelta(days=2)
WORDS_KEPT_FOR = timedelta(days=30)
ROWS_KEPT_FOR = timedelta(days=396)  # 13 months
BATCH = 1000  # rows in one transaction


def forget_networks(*, now: datetime) -> int:
    """Wipe which networks' forms asked for older mails; return how many. Run daily."""
    known = Message.objects.exclude(network_key="")
    return known.filter(created_at__lt=now - NETWORKS_KEPT_FOR).update(network_key="")


def forget_words(*, now: datetime) -> int:
    """Blank subject, text, HTML and headers of older mails; return how many. Run daily.

    Not of one that still waits, however old it is. What copies had in common goes with
    the words of the last of them.
    """
    old = Message.objects.done().worded().filter(created_at__lt=now - WORDS_KEPT_FOR)
    forgotten = 0
    while keys := list(old.order_by("created_at").values_list("pk", flat=True)[:BATCH]):
        forgotten += Message.objects.filter(pk__in=keys).update(**states.BLANK)
    Body.objects.unused().filter(created_at__lt=now - WORDS_KEPT_FOR).delete()
    return forgotten


def forget_rows(*, now: datetime) -> int:
    """Delete older mails, after counting them; return how many. Run daily.

    Each batch is counted and deleted in one transaction, so that a run that is
    broken off, or two at once, count each mail once.
    """
    old = Message.objects.done().filter(created_at__lt=now - ROWS_KEPT_FOR)
    forgotten = 0
    while batch := _forget_batch(old):
        forgotten += batch
    return forgotten


@transaction.atomic
def _forget_batch(old: MessageQuerySet) -> int:
    mine = old.select_for_update(skip_locked=True).order_by("created_at", "pk")[:BATCH]
    rows = list(mine.values_list("pk", "created_at", "kind", "state"))
    _count((_month(written), kind, state) for _, written, kind, state in rows)
    Message.objects.filter(pk__in=[pk for pk, *_ in rows]).delete()
    return len(rows)


def _count(mails) -> None:
    """Add ``mails``, each a month, a kind and a state, to the numbers that stay."""
    for (month, kind, state), count in sorted(Counter(mails).items()):
        row, _is_new = MonthlyCount.objects.get_or_create(month=month, kind=kind, state=state)
        MonthlyCount.objects.filter(pk=row.pk).update(count=F("count") + count)


def _month(moment: datetime) -> date:
    """Return the first day of the month of ``moment``, in Dutch time."""
    return timezone.localdate(moment, timezone.get_default_timezone()).replace(day=1)
