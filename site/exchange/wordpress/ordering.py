"""The order in which items are brought in: what stands below a page comes after it."""

from collections import deque
from collections.abc import Iterable, Iterator, Set

from exchange.wordpress.records import Item


def parents_first(items: Iterable[Item], *, pages: Set[str]) -> Iterator[Item]:
    """Give ``items`` in the order of the file, but each page after the page above it.

    ``pages`` are the numbers of all pages among ``items``. A page that comes too early
    is held in memory; one whose parent is not in the file waits for nothing. Of pages
    that stand below each other in a circle, one is given without its parent.
    """
    queue = _Queue(pages)
    for item in items:
        if queue.must_wait(item):
            queue.hold(item)
        else:
            yield from queue.let_go(item)
    while queue.waiting:
        yield from queue.let_go(queue.take_from_circle())


class _Queue:
    """The pages that were not given yet, and those that wait for one of them."""

    def __init__(self, pages: Set[str]) -> None:
        self.ahead = set(pages)
        self.waiting: dict[str, list[Item]] = {}  # number of a page -> what stands below it

    def must_wait(self, item: Item) -> bool:
        return item.type == "page" and item.parent in self.ahead

    def hold(self, item: Item) -> None:
        self.waiting.setdefault(item.parent, []).append(item)

    def let_go(self, item: Item) -> Iterator[Item]:
        """Give ``item``, and all that waited for it, directly or not."""
        ready = deque([item])
        while ready:
            given = ready.popleft()
            yield given
            if given.type == "page":
                self.ahead.discard(given.id)
                ready.extend(self.waiting.pop(given.id, []))

    def take_from_circle(self) -> Item:
        """Take out a page that waits, by way of its parents, for itself."""
        held = {item.id: item for group in self.waiting.values() for item in group}
        item, seen = next(iter(held.values())), set()
        while item.id not in seen:
            seen.add(item.id)
            item = held[item.parent]
        self.waiting[item.parent].remove(item)
        return item
