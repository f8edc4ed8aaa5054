"""Digests: who is due, what is new for them, and one mail for each."""

import logging
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import cast

from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from community.digests import contents, editions, holds, introductions, letters, periods, seams
from community.digests.contents import Contents
from community.digests.models import Delivery
from community.subscriptions.models import Subscription, SubscriptionQuerySet
from community.subscriptions.subscriptions import DIGEST
from mail import composing, outbox
from mail.models import Message

logger = logging.getLogger(__name__)

CHUNK = 500  # subscriptions read at a time


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
    """
    run = _Run(now=now, until=min(now, timezone.now()), dry_run=dry_run)
    due = list(Subscription.objects.due(now).values_list("pk", flat=True))
    if due and not dry_run:
        seams.open_at(run.until)
    for start in range(0, len(due), CHUNK):
        if not dry_run and holds.current() is not None:
            break
        found = with_last_digest(Subscription.objects.active()).in_bulk(due[start : start + CHUNK])
        for pk in due[start : start + CHUNK]:
            if pk in found:
                run.take(found[pk])
    return run.outcome()


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
        self.known: dict[tuple[datetime, str], Contents] = {}
        self.windows: set[datetime] = set()
        self.counts = dict.fromkeys(Step, 0)

    def take(self, subscription: Subscription) -> None:
        """Handle one subscription. What goes wrong with it keeps nobody else waiting."""
        since = _since(subscription)
        try:
            step = self._step(subscription, self._contents(since, subscription.language))
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

    def _contents(self, since: datetime, language: str) -> Contents:
        key = (since, language)
        if key not in self.known:
            self.known[key] = self._look_up(since, language)
        return self.known[key]

    def _look_up(self, since: datetime, language: str) -> Contents:
        news = contents.between(since, self.until, language=language)
        if self.dry_run or news.is_empty:
            return news
        news = introductions.introduce(news, language=language)
        return editions.publish(news, language=language)

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

    ``digested_until`` never goes back, not even when ``now`` lies before it.
    """
    unchanged = Subscription.objects.active().filter(
        pk=subscription.pk,
        digested_until=subscription.digested_until,
        next_digest_at=subscription.next_digest_at,
    )
    return bool(
        unchanged.update(
            digested_until=max(_since(subscription), until),
            next_digest_at=periods.next_moment(subscription.frequency, after=now),
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
