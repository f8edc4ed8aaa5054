"""Where a post stands in its chain, and whose turn it is."""

from collections import defaultdict
from dataclasses import dataclass

from blog.models import BlogPage, Chain, Link


@dataclass(frozen=True)
class Place:
    """A link among the links of its chain. ``number`` counts from 1 to ``count``.

    The first link without a post has the turn; ``is_turn_next`` when that is the following one.
    """

    link: Link
    number: int
    count: int
    previous: Link | None
    following: Link | None
    is_turn: bool = False
    is_turn_next: bool = False

    @property
    def is_written(self) -> bool:
        return self.link.is_written


def places(chain: Chain) -> list[Place]:
    """Return the links of ``chain`` in order, each with its neighbours; one query."""
    return _arrange(list(Link.objects.filter(chain=chain).with_people()))


def place_of(post: BlogPage) -> Place | None:
    """Return where ``post`` stands in its chain, or ``None`` for a post on its own; one query."""
    return place_in(places_around(post), post)


def place_in(all_places: list[Place], post: BlogPage) -> Place | None:
    """Return the one of ``all_places`` that ``post`` fills."""
    return next((place for place in all_places if place.link.post_id == post.pk), None)


def places_around(post: BlogPage) -> list[Place]:
    """Return all links of the chain that ``post`` belongs to; one query."""
    links = Link.objects.filter(chain__links__post=post.pk).with_people()
    return _arrange(list(links.select_related("chain")))


def turn(all_places: list[Place]) -> Place | None:
    """Return the first link without a published post: whose turn it is, if anyone's."""
    return next((place for place in all_places if place.is_turn), None)


def current() -> Chain | None:
    """Return the chain that the front page shows: the newest one with links."""
    return Chain.objects.filter(links__isnull=False).distinct().first()


def overview() -> list[tuple[Chain, list[Place]]]:
    """Return every chain with its places, newest chain first; two queries."""
    by_chain: dict[int, list[Link]] = defaultdict(list)
    for link in Link.objects.with_people():
        by_chain[link.chain_id].append(link)
    chains = Chain.objects.select_related("image")
    return [(chain, _arrange(by_chain[chain.pk])) for chain in chains]


def _arrange(links: list[Link]) -> list[Place]:
    first_open = next((link.pk for link in links if not link.is_written), None)
    return [
        Place(
            link=link,
            number=number,
            count=len(links),
            previous=links[number - 2] if number > 1 else None,
            following=links[number] if number < len(links) else None,
            is_turn=link.pk == first_open,
            is_turn_next=number < len(links) and links[number].pk == first_open,
        )
        for number, link in enumerate(links, start=1)
    ]
