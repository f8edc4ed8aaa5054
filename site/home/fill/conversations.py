"""Comments in bulk, in three shapes."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone
from wagtail.models import Page

from blog.models import BlogPage
from community.comments import bulk
from community.comments.bulk import Draft
from home.fill.words import Words
from tools.models import ToolPage

SHAPES = ("flat", "thread", "mixed")
ROOTS_IN_MIXED = 0.5  # how many comments of a mixed conversation begin a thread
SPAN = timedelta(days=30)


class NoSuchPage(Exception):
    """No page with comments has this slug."""


def pages(slug: str | None) -> list[Page]:
    """Return the page with ``slug``, or else every live post.

    Raises `NoSuchPage` when there is none.
    """
    if slug is None:
        found = list(BlogPage.objects.live().order_by("path"))
    else:
        found = [*BlogPage.objects.live().filter(slug=slug), *ToolPage.objects.filter(slug=slug)][
            :1
        ]
    if not found:
        raise NoSuchPage(slug or "any post")
    return found


def add(count: int, words: Words, on: list[Page], *, shape: str, status: str) -> Iterator[Draft]:
    """Write ``count`` comments spread over the pages ``on``, within the last thirty days."""
    return bulk.insert_all(_drafts(count, words, on, shape, status))


def _drafts(count: int, words: Words, on: list[Page], shape: str, status: str) -> list[Draft]:
    began = timezone.now() - SPAN
    open_on: dict[int, list[Draft]] = defaultdict(list)  # what may be answered, page by page
    drafts = []
    for number in range(count):
        page = words.random.choice(on)
        draft = Draft(
            content_type=page.cached_content_type,
            page_id=page.pk,
            name=words.name(),
            email=f"lezer{words.random.randrange(1_000_000)}@example.org",
            text=words.comment(),
            status=status,
            at=began + SPAN * number / count,
            parent=_parent(open_on[page.pk], words, shape),
        )
        if draft.takes_replies:
            open_on[page.pk].append(draft)
        drafts.append(draft)
    return drafts


def _parent(candidates: list[Draft], words: Words, shape: str) -> Draft | None:
    is_root = shape == "flat" or (shape == "mixed" and words.random.random() < ROOTS_IN_MIXED)
    return None if is_root or not candidates else words.random.choice(candidates)
