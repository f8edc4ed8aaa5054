"""Finding a page by its address, at once instead of level by level."""

from collections.abc import Iterable
from itertools import accumulate

from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Substr
from wagtail.models import Page, PageViewRestriction
from wagtail.query import PageQuerySet

from core.models import BasePage
from core.models.conversations import section_links

MAX_DEPTH = 10  # levels of pages; readers see four
PATHS_REMEMBERED = 10_000  # in each process; some 100 bytes each

_paths: dict[int, str] = {}  # where each page stood when it was last found by its key


def find(home: Page, components: list[str]) -> BasePage | None:
    """Return the page at ``components`` below ``home``, with all that its template shows.

    Two queries, however deep the page is; Wagtail's own way costs two a level.
    Gives ``None`` for what is not there, for pages that are not a `BasePage`, and at
    once for an address of more levels than pages have; whether the page is live and
    whom it is for is still to be asked.
    """
    if len(components) > MAX_DEPTH:
        return None
    paths = list(accumulate([home.url_path, *components], lambda path, slug: f"{path}{slug}/"))
    on_the_way = Q(slug__in=[home.slug, *components], url_path__in=paths)
    lineage = list(_restricted_or_not(Page.objects.filter(Q(depth=1) | on_the_way)))
    lineage = [page for page in lineage if lineage[-1].path.startswith(page.path)]
    if lineage[-1].url_path != paths[-1] or len(lineage) != lineage[-1].depth:
        return None
    return _ready(lineage)


def by_pk(pk: int) -> BasePage | None:
    """Return the page ``pk`` as `find` would, in two queries too.

    A page that was moved since it was last found costs one more.
    """
    path = _paths.get(pk, "")
    lineage = _lineage(_steps(path)) if path else []
    if not lineage or lineage[-1].pk != pk:
        lineage = _lineage(_steps_to(pk))
    if not lineage or lineage[-1].pk != pk:
        return None
    _remember(lineage[-1])
    return _ready(lineage)


def _lineage(steps: Iterable[str | Substr]) -> list[Page]:
    return list(_restricted_or_not(Page.objects.filter(path__in=steps)))


def _steps_to(pk: int) -> list[Substr]:
    """Return the same as `_steps` for a page of which only the key is known.

    Building that query takes longer than any other of a comment; hence `_paths`.
    """
    path = Subquery(Page.objects.filter(pk=pk).values("path"))
    return [Substr(path, 1, Page.steplen * depth) for depth in range(1, MAX_DEPTH + 1)]


def _remember(page: Page) -> None:
    if len(_paths) >= PATHS_REMEMBERED:
        _paths.clear()
    _paths[page.pk] = page.path


def by_pks(pks: Iterable[int]) -> dict[int, BasePage]:
    """Return those of the pages ``pks`` that `by_pk` would give, by their key.

    Two queries and one for each kind of page, however many pages there are.
    """
    paths = list(Page.objects.filter(pk__in=pks).values_list("path", flat=True))
    steps = {step for path in paths for step in _steps(path)}
    found = {page.path: page for page in _restricted_or_not(Page.objects.filter(path__in=steps))}
    asked = [found[path] for path in paths if path in found]
    ready: dict[int, BasePage] = {}
    for kind in {page.specific_class for page in asked}:
        if kind is not None and issubclass(kind, BasePage):
            ready |= kind._default_manager.in_bulk([page.pk for page in asked])
    for page in ready.values():
        page.lineage = [found[step] for step in _steps(page.path) if step in found]
    return ready


def _steps(path: str) -> list[str]:
    """Return the paths of the pages from the root down to the page at ``path``."""
    return [path[:end] for end in range(Page.steplen, len(path) + 1, Page.steplen)]


def _restricted_or_not(pages: PageQuerySet) -> PageQuerySet:
    """Let each page say whether it has restrictions: mostly none has, and then nobody need ask.

    With it comes what a section says about the conversations below it.
    """
    restrictions = PageViewRestriction.objects.filter(page_id=OuterRef("pk"))
    with_sections = pages.select_related(*section_links())
    return with_sections.annotate(is_restricted=Exists(restrictions)).order_by("path")


def _ready(lineage: list[Page]) -> BasePage | None:
    kind = lineage[-1].specific_class
    if kind is None or not issubclass(kind, BasePage):
        return None
    page = kind.to_read(lineage[-1].pk)
    if page is not None:
        page.lineage = lineage
    return page
