"""Posts and tools in bulk: Wagtail's tree and our tables, a few inserts each."""

from collections.abc import Iterator
from datetime import timedelta
from typing import TypeVar

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from wagtail.models import Page
from wagtail.search.backends import get_search_backend

from blog.models import Author, BlogIndexPage, BlogPage
from core.bulk import insert_part, part
from core.models import BasePage
from home.fill.words import Words
from tools.models import ToolIndexPage, ToolPage
from tools.vocabulary import Category, Process

CHUNK = 500
AnyPage = TypeVar("AnyPage", bound=BasePage)


class NowhereToPut(Exception):
    """There is no section that such pages stand in."""


def add_posts(count: int, words: Words) -> Iterator[BlogPage]:
    """Add ``count`` posts to the first blog, an hour apart, the last of them published now."""
    parent = _section(BlogIndexPage)
    author = Author.objects.first() or Author.objects.create(name=words.name())
    now = timezone.now()
    for numbers in _chunks(count):
        posts = []
        for number in numbers:
            at = now - timedelta(hours=count - number - 1)
            post = BlogPage(
                title=words.title(),
                author=author,
                introduction=words.sentences(2),
                date=timezone.localdate(at),
                first_published_at=at,
                body=[("text", f"<p>{words.sentences(6)}</p>") for _ in range(5)],
            )
            posts.append(post)
        yield from _insert(parent, posts)


def add_tools(count: int, words: Words) -> Iterator[ToolPage]:
    """Add ``count`` tools to the first tool library."""
    parent = _section(ToolIndexPage)
    now = timezone.now()
    for numbers in _chunks(count):
        tools = [
            ToolPage(
                title=words.title(),
                one_line=words.sentences(1)[:150],
                question=words.sentences(1),
                process=words.random.choice(Process.values),
                category=words.random.choice(Category.values),
                first_published_at=now,
                body=[("text", f"<p>{words.sentences(6)}</p>")],
            )
            for _ in numbers
        ]
        yield from _insert(parent, tools)


def _section(model: type[BasePage]) -> BasePage:
    section = model.objects.order_by("path").first()
    if section is None:
        raise NowhereToPut(model._meta.verbose_name)
    return section


def _chunks(count: int) -> Iterator[range]:
    for start in range(0, count, CHUNK):
        yield range(start, min(start + CHUNK, count))


@transaction.atomic
def _insert(parent: BasePage, pages: list[AnyPage]) -> list[AnyPage]:
    """Write new, live ``pages`` under ``parent``, behind its last child; search finds them."""
    model = type(pages[0])
    step = _last_step(parent)
    bases = []
    for number, page in enumerate(pages, start=step + 1):
        _place(page, parent, number)
        bases.append(part(page, Page))
    Page.objects.bulk_create(bases)
    for page, base in zip(pages, bases, strict=True):
        page.id = page.page_ptr_id = base.pk
    insert_part(model, pages)
    Page.objects.filter(pk=parent.pk).update(numchild=F("numchild") + len(pages))
    get_search_backend().add_bulk(model, pages)
    return pages


def _last_step(parent: BasePage) -> int:
    last = Page.objects.child_of(parent).order_by("path").last()
    return Page._str2int(last.path[-Page.steplen :]) if last else 0


def _place(page: BasePage, parent: BasePage, step: int) -> None:
    """Set what Wagtail sets when a page is saved and published."""
    page.path = Page._get_path(parent.path, parent.depth + 1, step)
    page.depth = parent.depth + 1
    page.slug = f"{page._meta.model_name}-{page.path[-2 * Page.steplen :].lower()}"
    page.url_path = f"{parent.url_path}{page.slug}/"
    page.locale_id = parent.locale_id
    page.content_type = ContentType.objects.get_for_model(type(page))
    page.draft_title = page.title
    page.live, page.has_unpublished_changes = True, False
    page.last_published_at = page.latest_revision_created_at = page.first_published_at
