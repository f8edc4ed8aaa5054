"""Digests: who is due, what is new for them, and one mail for each."""

import logging
from array import array
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import Enum
from functools import lru_cache
from typing import cast

from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from community.digests import contents, editions, holds, introductions, letters, seams
from community.digests.contents import Contents
from community.digests.models import Delivery
from community.subscriptions import selections
from community.subscriptions.models import Subscription, SubscriptionQuerySet
from community.subscriptions.schedules import Schedule
from community.subscriptions.selections import Selection
from community.subscriptions.subscriptions import DIGEST
from mail import composing, outbox
from mail.models import Message

logger = logging.getLogger(__name__)

CHUNK = 500  # subscriptions read at a time
CONTENTS_KEPT = 256  # of so many selections, languages and periods at once


@dataclass(frozen=True)
class Outcome:
    """What a run did. ``periods``: different windows among the deliveries."""

    periods: int
    deliveries: int
    mails: int
    skipped_empty: int


class Step(Enum):
    MAILED = "mailed"
    EMPTY = "empty"
    TAKEN = "taken"  # another run was first


def send_due(*, now: datetime, dry_run: bool = False) -> Outcome:
    """Write a digest for every subscription that is due at ``now``.

    Who is due follows from ``now``, which may lie in the future; what a digest
    tells ends at the real present at the latest, so that nothing is skipped that
    still happens before ``now``, nor what is approved now and committed later
    (`seams`). One transaction for each subscription: it is
    claimed, and its delivery and its mail are written, or none of it. So any
    number of runs at once send each digest once, and a run that was broken off
    is simply started again. While an editor holds the digests (`holds`) nobody gets
    one, nor do those in a run who were not reached yet. ``dry_run`` only counts.

    Those of the same period and language come one after another, so that their
    contents are looked up once. A million of them cost 8 MB here.
    """
    run = _Run(now=now, until=min(now, timezone.now()), dry_run=dry_run)
    due = Subscription.objects.due(now).order_by("digested_until", "language", "pk")
    keys = array("q", due.values_list("pk", flat=True).iterator())
    if keys and not dry_run:
        seams.open_at(run.until)
    for start in range(0, len(keys), CHUNK):
        if not dry_run and holds.current() is not None:
            break
        for subscription in _read(keys[start : start + CHUNK]):
            run.take(subscription)
    return run.outcome()


def _read(keys: array) -> Iterator[Subscription]:
    """Return the subscriptions with ``keys``, in that order; two queries."""
    running = with_last_digest(Subscription.objects.active()).prefetch_related("choices")
    found = running.in_bulk(list(keys))
    return (found[key] for key in keys if key in found)


def with_last_digest(subscriptions: SubscriptionQuerySet) -> SubscriptionQuerySet:
    """Load where the last digest of each ended, as ``last_digest``; empty for the first one."""
    made = Delivery.objects.filter(subscription=OuterRef("pk")).order_by("-until")
    return subscriptions.annotate(last_digest=Subquery(made.values("until")[:1]))


class _Run:
    """One run: the moment, the contents that were already looked up, and the count."""

    def __init__(self, *, now: datetime, until: datetime, dry_run: bool) -> None:
        self.now = now
        self.until = until
        self.dry_run = dry_run
        self.contents = lru_cache(CONTENTS_KEPT)(self._look_up)
        self.windows: set[datetime] = set()
        self.counts = dict.fromkeys(Step, 0)

    def take(self, subscription: Subscription) -> None:
        """Handle one subscription. What goes wrong with it keeps nobody else waiting."""
        since = _since(subscription)
        try:
            selection = selections.of(subscription)
            news = self.contents(since, subscription.language, selection)
            step = self._step(subscription, news)
        except Exception:
            # Nothing was changed, so the next run tries it again.
            logger.exception("No digest for subscription %s", subscription.pk)
            return
        self.counts[step] += 1
        if step is Step.MAILED:
            self.windows.add(since)

    def outcome(self) -> Outcome:
        mailed = self.counts[Step.MAILED]
        return Outcome(
            periods=len(self.windows),
            deliveries=mailed,
            mails=mailed,
            skipped_empty=self.counts[Step.EMPTY],
        )

    def _look_up(self, since: datetime, language: str, selection: Selection) -> Contents:
        news = contents.between(since, self.until, language=language, selection=selection)
        if self.dry_run or news.is_empty:
            return news
        news = introductions.introduce(news, language=language)
        return editions.publish(news, language=language, choices=selection.pairs())

    def _step(self, subscription: Subscription, news: Contents) -> Step:
        if self.dry_run:
            return Step.EMPTY if news.is_empty else Step.MAILED
        with transaction.atomic():
            if not _claim(subscription, now=self.now, until=self.until):
                return Step.TAKEN
            if news.is_empty:
                return Step.EMPTY
            message = _mail(subscription, news)
            Delivery.objects.create(
                subscription=subscription, since=news.since, until=news.until, message=message
            )
            return Step.MAILED


def _since(subscription: Subscription) -> datetime:
    """Return where the digest of a confirmed subscription begins."""
    return cast(datetime, subscription.digested_until)  # its constraint says so


def _claim(subscription: Subscription, *, now: datetime, until: datetime) -> bool:
    """Move the marks of ``subscription`` on; return whether this run was the one to do so.

    ``digested_until`` never goes back, not even when ``now`` lies before it. Who has
    just chosen another day is left to the next run.
    """
    schedule = Schedule.of(subscription)
    unchanged = Subscription.objects.active().filter(
        pk=subscription.pk,
        digested_until=subscription.digested_until,
        next_digest_at=subscription.next_digest_at,
        **asdict(schedule),
    )
    return bool(
        unchanged.update(
            digested_until=max(_since(subscription), until),
            next_digest_at=schedule.next_moment(after=now),
        )
    )


def _mail(subscription: Subscription, news: Contents) -> Message:
    last: datetime | None = getattr(subscription, "last_digest", None)
    context = letters.context(news, subscription, last=last)
    return outbox.enqueue(
        kind=DIGEST,
        to=subscription.email,
        language=subscription.language,
        template=letters.DIGEST,
        context=context,
        headers={
            "List-Id": f"<digest.{composing.host()}>",
            "List-Unsubscribe": f"<{context['unsubscribe_link']}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",  # RFC 8058
            "Precedence": "bulk",
        },
    )
