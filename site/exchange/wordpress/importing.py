"""Bringing a WordPress export in, item by item; harmless twice."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from blog.models import Author, BlogPage
from exchange.models import Source
from exchange.wordpress import chains, ordering, pages, places, reading, remarks, stories
from exchange.wordpress.ledger import Ledger
from exchange.wordpress.people import People, Said
from exchange.wordpress.pictures import Pictures
from exchange.wordpress.records import Item, Overview, Term

_TAGS = {"tag", "post_tag"}  # WXR 1.0, later versions


@dataclass(frozen=True)
class Options:
    """How to bring an export in."""

    dry_run: bool = False
    media: bool = True
    chain: str = ""  # the slug of a chain that every post becomes a link of
    types: frozenset[str] = frozenset({"post", "page", "attachment"})
    said: Said = field(default_factory=Said)


def bring_in(
    path: Path,
    *,
    options: Options,
    progress: Callable[[Iterable[Item], int], Iterable[Item]] = lambda items, _total: items,
) -> Ledger:
    """Bring in what is new in the export at ``path``, and return the counts.

    The whole file is read before anything is written. Each item is one
    transaction, so that an interrupted import goes on where it stopped when it is
    started again. What is here already is left as it is and where it is, with the edits
    that were made to it; only comments that are new under it are added.

    Raises `reading.NotReadable`.
    """
    overview = reading.overview(path)
    work = _Import(overview, options)
    items = progress(reading.items(path), overview.items)
    for item in ordering.parents_first(items, pages=overview.pages):
        work.take(item)
    return work.ledger


class _Import:
    """One run over one file."""

    def __init__(self, overview: Overview, options: Options) -> None:
        self.overview, self.options, self.now = overview, options, timezone.now()
        self.ledger = Ledger(overview.site)
        self.people = People(names=overview.names, ledger=self.ledger, said=options.said)
        self.pictures = Pictures(
            overview=overview, ledger=self.ledger, wanted=options.media, dry_run=options.dry_run
        )
        self.tags: set[str] = set()

    def take(self, item: Item) -> None:
        """Bring one item in, or count why not."""
        if item.type not in {"post", "page", "attachment"} & self.options.types:
            self.ledger.skip(f"{item.type}: not of a type that is brought in")
        elif item.type == "attachment":
            self._picture(item)
        elif item.status in pages.GONE:
            self.ledger.skip(f"{item.type}: {item.status}")
        elif (known := self.ledger.find(item.type, item.id)) is not None:
            self._again(item, known)
        else:
            self._anew(item)

    def _picture(self, item: Item) -> None:
        address = item.attachment_url
        if self.pictures.is_old(address):
            self.ledger.counts.unchanged += 1
            return
        self.pictures.fetch(address)
        with self._transaction():
            self.pictures.keep(address, title=item.title)

    def _again(self, item: Item, known: int) -> None:
        """Leave the page alone, and add the comments that came after the last time."""
        self.ledger.counts.unchanged += 1
        if item.type == "post" and item.remarks:
            post = BlogPage.objects.filter(pk=known).first()
            with self._transaction():
                self._remarks(item, post)

    def _anew(self, item: Item) -> None:
        story = stories.of(item, overview=self.overview, pictures=self.pictures)
        story.fetch()
        with self._transaction():
            page = self._post(story) if item.type == "post" else self._page(story)
            self.ledger.note(item.type, item.id, page.pk)
            self._remarks(item, page if isinstance(page, BlogPage) else None)

    def _post(self, story: stories.Story) -> BlogPage:
        item, tags = story.item, _names(story.item.terms)
        author = self.people.author(item.creator, story.lines())
        page = pages.post(story, author=author, tags=tags, now=self.now)
        pages.put(page, parent=places.blog(places.home()), item=item, now=self.now)
        self._link(item, page, author)
        self.ledger.counts.posts += 1
        self.ledger.counts.tags += len({tag.lower() for tag in tags} - self.tags)
        self.tags |= {tag.lower() for tag in tags}
        return page

    def _page(self, story: stories.Story) -> Page:
        above = self.ledger.find(Source.Kind.PAGE, story.item.parent)
        parent = Page.objects.filter(pk=above).first() if above else None
        page = pages.text_page(story)
        pages.put(page, parent=parent or places.home(), item=story.item, now=self.now)
        self.ledger.counts.pages += 1
        return page

    def _remarks(self, item: Item, post: BlogPage | None) -> None:
        if post is not None:
            remarks.bring_in(
                item.remarks, page=post, item_id=item.id, ledger=self.ledger, now=self.now
            )
            return
        for _remark in item.remarks:
            self.ledger.skip("comment: its page takes none here")

    def _link(self, item: Item, post: BlogPage, author: Author) -> None:
        """Make ``post`` a link of its chain; what is private on the old site stays out of it."""
        if item.status == "private":
            return
        slug, name = self.options.chain, self.options.chain.replace("-", " ").capitalize()
        for term in item.terms:
            if not slug and term.slug == chains.CATEGORY:
                slug, name = term.slug, unescape(term.name)
        if slug:
            chains.add_link(chains.chain_for(slug=slug, name=name), post=post, author=author)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """Keep all of one item or nothing of it; nothing at all on a dry run."""
        with transaction.atomic(), self.pictures.kept_together():
            yield
            if self.options.dry_run:
                transaction.set_rollback(True)


def _names(terms: Iterable[Term]) -> list[str]:
    names = (" ".join(unescape(term.name).split())[:100] for term in terms if term.domain in _TAGS)
    return list(dict.fromkeys(names))
