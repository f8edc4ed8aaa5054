"""How many mails a reader may expect: as many as the last weeks would have given."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.cache import cache
from django.db.models import QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone

from blog.models import BlogPage
from community.comments.models import Comment
from community.subscriptions.selections import Selection
from tools.models import ToolPage, ToolUse

WEEKS = 8
REMEMBERED_FOR = 6 * 60 * 60  # seconds, in each process


@dataclass(frozen=True)
class Expected:
    """How many digests there would have been in the last `WEEKS`, by how often they come."""

    daily: int
    weekly: int
    monthly: int


def of(selection: Selection) -> Expected:
    """Return how many digests about ``selection`` to expect.

    Four queries, and then none for six hours.
    """
    pairs = repr(selection.pairs()).encode()
    key = f"subscriptions.expected.{hashlib.sha256(pairs).hexdigest()[:32]}"
    expected: Expected | None = cache.get(key)
    if expected is None:
        expected = count(selection, now=timezone.now())
        cache.set(key, expected, REMEMBERED_FOR)
    return expected


def count(selection: Selection, *, now: datetime) -> Expected:
    """Count the days, weeks and months before ``now`` in which something was new."""
    since = now - timedelta(weeks=WEEKS)
    comments = selection.comments(Comment.objects.visible().on_public_pages())
    days = {
        *_days(selection.posts(BlogPage.objects.published()), "first_published_at", since, now),
        *_days(selection.tools(ToolPage.objects.published()), "first_published_at", since, now),
        *_days(comments, "decided_at", since, now),
        *_days(selection.uses(_uses()), "appeared_at", since, now),
    }
    ago = {min((timezone.localdate(now) - day).days, WEEKS * 7 - 1) for day in days}
    return Expected(
        daily=len(days),
        weekly=len({number // 7 for number in ago}),
        monthly=len({number // 28 for number in ago}),
    )


def _uses() -> QuerySet[ToolUse]:
    """Return the uses of tools that everyone may read."""
    public = ToolPage.objects.published().order_by().values("translation_key")
    return ToolUse.objects.verified().filter(tool__translation_key__in=public)


def _days(rows: QuerySet, moment: str, since: datetime, until: datetime) -> set[date]:
    recent = rows.filter(**{f"{moment}__gt": since, f"{moment}__lte": until})
    days = recent.annotate(day=TruncDate(moment)).order_by().values_list("day", flat=True)
    return set(days.distinct())
