"""How many comments of a thread can be read: kept with its first, always equal to a recount."""

from collections import Counter
from collections.abc import Iterable

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Substr

from community.comments.models import Comment
from community.comments.models.comments import PATH_STEP


def add(comment: Comment, change: int) -> None:
    """Add ``change`` to the count of the thread of ``comment``, in the caller's transaction."""
    if change:
        root = Comment.objects.filter(path=comment.root_path)
        root.update(thread_count=F("thread_count") + change)


def add_all(changes: Iterable[tuple[Comment, int]]) -> None:
    """Add many changes at once, in the caller's transaction; one statement for each sum."""
    sums: Counter[str] = Counter()
    for comment, change in changes:
        sums[comment.root_path] += change
    for amount in set(sums.values()) - {0}:
        paths = [path for path, summed in sums.items() if summed == amount]
        Comment.objects.filter(path__in=paths).update(thread_count=F("thread_count") + amount)


def recount(comments: QuerySet[Comment]) -> int:
    """Count anew the threads of which ``comments`` holds the first; return how many.

    For comments that were written in bulk, and for tests.
    """
    in_thread = Comment.objects.annotate(root=Substr("path", 1, PATH_STEP)).order_by()
    visible = Count("pk", filter=Q(status=Comment.Status.APPROVED))
    counted = in_thread.filter(root=OuterRef("path")).values("root").annotate(n=visible)
    roots = comments.filter(level=0)
    keys = list(roots.values_list("pk", flat=True))
    return Comment.objects.filter(pk__in=keys).update(
        thread_count=Coalesce(Subquery(counted.values("n")), 0)
    )
