"""Where the digests of one run stop and those of the next begin, without losing what comes late.

Of what is verified with a moment that no other can have (`tools.uses`), nothing comes
late. But a comment gets its moment of approval inside a transaction that may be committed a
little later. A run that looks meanwhile does not see it, though its moment lies before
the run's end. So each run first writes down what it sees of the last minutes before its
end, and tells nothing else of those; the next one tells what has turned up there since.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from wagtail.models import Page

from community.comments.models import Comment
from community.digests.models import Seam
from community.subscriptions.models import Subscription
from tools import uses

SETTLE = timedelta(minutes=2)  # longer than any request lives
KEPT_FOR = timedelta(days=90)  # longer than any period but one with a pause in it


def open_at(until: datetime) -> Seam:
    """Return what is told of the last minutes before ``until``: what is to be seen of it now.

    Once it is written down it stays so, for every run that ends there. Of the uses of
    tools nothing comes late: who makes one public now is waited for.
    """
    with transaction.atomic():
        uses.wait_until_told()
    last = (until - SETTLE, until)
    pages = Page.objects.live().filter(_within("first_published_at", *last))
    comments = Comment.objects.visible().filter(_within("appeared_at", *last))
    seen = {
        "posts": list(pages.order_by("pk").values_list("pk", flat=True)),
        "comments": list(comments.order_by("pk").values_list("pk", flat=True)),
    }
    seam, _is_new = Seam.objects.get_or_create(at=until, defaults=seen)
    return seam


def forget_old(*, now: datetime) -> int:
    """Delete the seams that no period begins at any more; return how many."""
    limit = now - KEPT_FOR
    waiting = Subscription.objects.active().filter(digested_until__lt=limit)
    old = Seam.objects.filter(at__lt=limit)
    return old.exclude(at__in=waiting.values("digested_until")).delete()[0]


class Window:
    """What a digest about [``since``, ``until``) tells; costs one query."""

    def __init__(self, since: datetime, until: datetime) -> None:
        self.since, self.until = since, until
        seams = {seam.at: seam for seam in Seam.objects.filter(at__in=[since, until])}
        self.first, self.last = seams.get(since), seams.get(until)

    def pages(self) -> Q:
        """Which posts and tools, by their first publication."""
        return self._which("first_published_at", "posts")

    def comments(self) -> Q:
        """Which comments, by when everyone could read them first.

        One that is approved again, after a change or an objection, was told before.
        """
        decided = Q(decided_at__gte=self.since - SETTLE)  # never earlier; it has the index
        return decided & self._which("appeared_at", "comments")

    def uses(self) -> Q:
        """Which uses of tools, by when everyone could read them first."""
        return _within("appeared_at", self.since, self.until)

    def _which(self, moment: str, kind: str) -> Q:
        which = _within(moment, self.since, self.until)
        if self.first is not None:
            late = _within(moment, self.since - SETTLE, self.since)
            which |= late & ~Q(pk__in=getattr(self.first, kind))
        if self.last is not None:
            settled = Q((f"{moment}__lt", self.until - SETTLE))
            which &= settled | Q(pk__in=getattr(self.last, kind))
        return which


def _within(moment: str, since: datetime, until: datetime) -> Q:
    return Q((f"{moment}__gte", since), (f"{moment}__lt", until))
