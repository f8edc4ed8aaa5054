"""Digests: who is due, what is new for them, and one mail for each."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.db.models import Max, QuerySet
from django.utils import timezone

from community.digests import contents, holds, opening
from community.digests.models import Delivery
from community.digests.writing import LETTERS_KEPT, Writer
from community.subscriptions import selections
from community.subscriptions.models import Subscription
from community.subscriptions.selections import Selection

READ = 500  # subscriptions at a time


@dataclass(frozen=True)
class Outcome:
    """What a run did. ``periods``: different windows among the deliveries."""

    periods: int
    deliveries: int
    mails: int
    skipped_empty: int


def send_due(*, now: datetime, dry_run: bool = False) -> Outcome:
    """Write a digest for every subscription that is due at ``now``.

    Who is due follows from ``now``, which may lie in the future; what a digest
    tells ends at the real present at the latest, so that nothing is skipped that
    still happens before ``now``, nor what is approved now and committed later
    (`seams`). First everybody who is due is claimed (`opening`), then their mails are
    written (`writing`): a run that was broken off is gone on with by the next, and any
    number of runs at once send each digest once. While an editor holds the digests
    (`holds`) nobody gets one, nor do those in a run who were not reached yet. ``dry_run``
    only counts.
    """
    until = min(now, timezone.now())
    if dry_run:
        return _count(now=now, until=until)
    before = Delivery.objects.aggregate(last=Max("pk"))["last"] or 0
    opened = open_due(now=now, until=until)
    write()
    return _outcome(Delivery.objects.filter(pk__gt=before, until=until), opened)


def open_due(*, now: datetime, until: datetime | None = None) -> int:
    """Claim a period for all who are due at ``now``; return how many. None during a hold."""
    if holds.current() is not None:
        return 0
    return opening.open_due(now=now, until=until or now)


def write(*, go_on: Callable[[], bool] = lambda: True) -> None:
    """Write what is open, as long as ``go_on``, asked after each chunk, says so."""
    writer = Writer()
    while writer.write_some() and go_on():
        pass


def _outcome(deliveries: QuerySet[Delivery], opened: int) -> Outcome:
    if not opened:
        return Outcome(0, 0, 0, 0)
    written = deliveries.filter(written_at__isnull=False)
    return Outcome(
        periods=written.values("since").distinct().count(),
        deliveries=written.count(),
        mails=written.filter(message__isnull=False).count(),
        skipped_empty=opened - deliveries.count(),
    )


def _count(*, now: datetime, until: datetime) -> Outcome:
    """Return what a run would do. Those of the same period and language come together."""

    @lru_cache(LETTERS_KEPT)
    def is_empty(since: datetime, language: str, selection: Selection) -> bool:
        return contents.between(since, until, language=language, selection=selection).is_empty

    windows, mails, empty = set(), 0, 0
    for reader in _due(now):
        if is_empty(reader.digested_until, reader.language, selections.of(reader)):
            empty += 1
        else:
            mails += 1
            windows.add(reader.digested_until)
    return Outcome(periods=len(windows), deliveries=mails, mails=mails, skipped_empty=empty)


def _due(now: datetime) -> Iterator[Subscription]:
    due = Subscription.objects.due(now).order_by("digested_until", "language", "pk")
    return due.prefetch_related("choices").iterator(chunk_size=READ)
