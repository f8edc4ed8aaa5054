"""How long a writer may expect to wait for an editor, from what editors did of late."""

from datetime import datetime, timedelta
from math import ceil
from statistics import median

from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils.translation import ngettext

from community.comments.models import Comment
from community.moderation.models import Act

LOOKED_BACK = timedelta(weeks=4)
ENOUGH = 5  # decisions; fewer say nothing
LATEST = 500  # decisions at most, so that busy weeks cost no more
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def usual(*, now: datetime) -> timedelta | None:
    """Return how long half of the comments waited at most, in the last four weeks.

    ``None`` when editors decided about fewer than `ENOUGH`. One query.
    """
    decided = first_decisions().filter(at__gt=now - LOOKED_BACK)
    moments = decided.order_by("-at", "-pk").values_list("at", "comment__confirmed_at")
    waits = [
        (at - confirmed_at).total_seconds() for at, confirmed_at in moments[:LATEST] if confirmed_at
    ]
    return timedelta(seconds=median(waits)) if len(waits) >= ENOUGH else None


def first_decisions() -> QuerySet[Act]:
    """Return the decisions until which a comment had waited since its confirmation.

    One that was held again, by whomever, began to wait later, and one that was brought in
    from another site began elsewhere.
    """
    decided = Act.objects.filter(
        kind=Act.Kind.DECIDED,
        undone_by__isnull=True,
        from_status=Comment.Status.PENDING,
        comment__confirmed_at__isnull=False,
    )
    decided = decided.exclude(comment__evidence__has_key="imported")
    return decided.exclude(comment__held_at__lt=F("at")).exclude(Exists(_decided_before()))


def _decided_before() -> QuerySet[Act]:
    """Return what was done before about the same comment, and not undone."""
    same = Act.objects.filter(comment_id=OuterRef("comment_id"), at__lt=OuterRef("at"))
    done = same.filter(kind__in=[Act.Kind.DECIDED, Act.Kind.HELD], undone_by__isnull=True)
    return done.order_by()


def in_words(wait: timedelta) -> str:
    """Return ``wait``, rounded up to whole hours or days, as the end of a promise."""
    if wait <= DAY:
        hours = max(1, ceil(wait / HOUR))
        return ngettext("within %(count)s hour", "within %(count)s hours", hours) % {"count": hours}
    days = ceil(wait / DAY)
    return ngettext("within %(count)s day", "within %(count)s days", days) % {"count": days}


def usual_in_words(*, now: datetime) -> str:
    """Return `usual` as `in_words` puts it; empty where nothing can be said. One query."""
    wait = usual(now=now)
    return in_words(wait) if wait else ""
