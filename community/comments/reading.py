"""A page's conversation, as a reader sees it: few queries, however long it is."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page as PageOf
from django.core.paginator import Paginator
from django.db.models import Count, F, Max, QuerySet, Subquery, Sum, Window
from django.db.models.functions import RowNumber, Substr
from django.utils.functional import cached_property
from wagtail.models import Page

from community.comments import live, marks, tree
from community.comments.models import Comment
from community.comments.models.comments import PATH_END, PATH_STEP
from community.comments.orders import Order

THREADS_PER_PAGE = 50
SHOWN_PER_THREAD = 20  # the whole of a longer thread stands on its own pages
SHOWN_ON_A_PAGE = 90  # where threads hold more than that in all, each is shortened further
SHOWN_AT_LEAST = 1
COMMENTS_PER_PAGE = 50


@dataclass(frozen=True)
class PageOfThreads:
    """Some threads, each as its first `tree.Node`; ``withheld`` counts what did not fit.

    ``number`` counts from 1 to ``count``; ``next_key`` leads to the following page.
    """

    threads: list[tree.Node]
    number: int
    count: int
    next_key: str

    @property
    def previous_number(self) -> int:
        return self.number - 1

    @property
    def next_number(self) -> int:
        return self.number + 1 if self.number < self.count else 0


class Conversation:
    """The approved comments of one page.

    A thread is shown when one of its comments is approved. A parent that is not
    keeps its place, without its text or its writer's name.
    """

    def __init__(self, page: Page, order: Order = Order.OLDEST) -> None:
        self._page = page
        self._order = order
        self._all = Comment.objects.filter(page_id=page.pk)

    @cached_property
    def _sizes(self) -> dict[str, Any]:
        """How many comments and threads there are, and when the newest was placed."""
        seen = self._visible.filter(appeared_at__isnull=False)
        newest = seen.order_by("-appeared_at").values("appeared_at")[:1]
        return self._all.threads().aggregate(
            comments=Sum("thread_count", default=0),
            threads=Count("pk"),
            newest=Max(Subquery(newest)),
        )

    @property
    def count(self) -> int:
        """How many comments everyone may read; one query, shared with `threads`."""
        return self._sizes["comments"]

    @property
    def key(self) -> str:
        """Up to where this conversation goes, for `live.since`."""
        return live.key_of(self._sizes["newest"])

    def threads(self, number: str | int | None, after: str = "") -> "PageOfThreads":
        """Return page ``number`` of the threads; three queries.

        ``after`` is the key of the thread before the first of this page; it wins over
        the number, so that what was placed meanwhile shifts nothing. A bad number or
        key gives the nearest page.
        """
        roots = self._order.sort(self._all.threads())
        page = _Paginator(roots, self._sizes["threads"]).get_page(number)
        following = self._order.after(roots, after) if after else None
        start = THREADS_PER_PAGE * (page.number - 1) if following is None else 0
        shown = (roots if following is None else following)[start : start + THREADS_PER_PAGE]
        found = list(shown.values_list("path", "thread_count", "appreciation"))
        return PageOfThreads(
            threads=self._with_replies({path: size for path, size, _ in found}),
            number=page.number,
            count=page.paginator.num_pages,
            next_key=Order.key_of(found[-1][0], found[-1][2]) if found else "",
        )

    def thread(self, root_path: str, number: str | int | None) -> PageOf:
        """Return page ``number`` of one thread as nodes in a row; two queries."""
        rows = self._visible.filter(path__startswith=root_path).order_by("path")
        page = Paginator(rows.values_list(*tree.COLUMNS), COMMENTS_PER_PAGE).get_page(number)
        page.object_list = [node for node in tree.flat(page.object_list) if node.is_readable]
        self._mark(page.object_list)
        return page

    def number_of(self, comment: Comment) -> int:
        """Return the number of the page of threads, oldest first, on which ``comment`` stands."""
        return self._threads_before(comment) // THREADS_PER_PAGE + 1

    def is_withheld(self, comment: Comment) -> bool:
        """Return whether the approved ``comment`` did not fit there; at most three queries."""
        place = self._place_in_thread(comment)
        if place < SHOWN_AT_LEAST:
            return False
        start = (self.number_of(comment) - 1) * THREADS_PER_PAGE
        sizes = self._all.threads().values_list("thread_count", flat=True)
        return place >= _shown_of_each(list(sizes[start : start + THREADS_PER_PAGE]))

    def number_in_thread(self, comment: Comment) -> int:
        """Return the number of the page of its thread on which ``comment`` stands; one query."""
        return self._place_in_thread(comment) // COMMENTS_PER_PAGE + 1

    def _threads_before(self, comment: Comment) -> int:
        return self._all.threads().filter(path__lt=comment.root_path).count()

    def _place_in_thread(self, comment: Comment) -> int:
        """Return how many comments of its thread can be read before ``comment``."""
        if not comment.level:
            return 0
        thread = self._visible.filter(path__gte=comment.root_path, path__lt=comment.path)
        return thread.count()

    def _with_replies(self, sizes: dict[str, int]) -> list[tree.Node]:
        if not sizes:
            return []
        limit = _shown_of_each(sizes.values())
        nodes = tree.flat(self._first_of_each(sizes, limit))
        self._mark(nodes)
        self._say_why(nodes)
        roots = {node.path: node for node in nodes if node.depth == 0}
        for path, thread in roots.items():
            thread.withheld = max(0, sizes[path] - limit)
        return [roots[path] for path in sizes if path in roots]

    def _first_of_each(self, roots: Iterable[str], limit: int) -> QuerySet:
        root = Substr("path", 1, PATH_STEP)
        near = self._visible.filter(path__gte=min(roots), path__lt=max(roots) + PATH_END)
        place = Window(RowNumber(), partition_by=[F("root")], order_by="path")
        among = near.annotate(root=root).filter(root__in=list(roots)).annotate(place=place)
        # What is numbered carries its key alone: a thread may hold thousands of texts.
        first = among.filter(place__lte=limit).order_by().values("pk")
        return self._visible.filter(pk__in=first).order_by("path").values_list(*tree.COLUMNS)

    def _mark(self, nodes: Iterable[tree.Node]) -> None:
        marked = marks.of(self._page, {node.user_id for node in nodes if node.user_id})
        for node in nodes:
            node.badge = marked.get(node.user_id, "") if node.user_id else ""

    def _say_why(self, nodes: Iterable[tree.Node]) -> None:
        """Tell places that are kept why they are empty; a query only where there is one."""
        gone = {node.path: node for node in nodes if not node.is_readable}
        if gone:
            states = self._all.filter(path__in=gone).order_by().values_list("path", "status")
            for path, status in states:
                gone[path].why_gone = status

    @property
    def _visible(self) -> QuerySet:
        return self._all.visible()


def _shown_of_each(sizes: Collection[int]) -> int:
    """Return how many comments of each thread a page shows, so that it stays a page to read.

    What short threads leave over goes to the long ones.
    """
    limit = SHOWN_PER_THREAD
    while limit > SHOWN_AT_LEAST and sum(min(size, limit) for size in sizes) > SHOWN_ON_A_PAGE:
        limit -= 1
    return limit


class _Paginator(Paginator):
    """A paginator that is told how many threads there are."""

    def __init__(self, roots: QuerySet, count: int) -> None:
        super().__init__(roots, THREADS_PER_PAGE)
        self.count = count
