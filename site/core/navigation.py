"""The ways through the site: menu, footer, breadcrumbs, other languages."""

from dataclasses import dataclass
from typing import Self

from django.conf import settings
from django.db.models import Exists, Q
from django.http import HttpRequest
from django.urls import reverse, translate_url
from django.utils.translation import get_language, get_language_info, override
from wagtail.models import Page, Site

from core import restrictions

OWED = ["toegankelijkheid", "privacy", "huisregels"]  # what a public site must link to
SECTION_DEPTH = 3  # root, home page, section


@dataclass(frozen=True)
class Section:
    """A page that others lead to, as menu and footer need it.

    ``is_public`` is whether everyone may read it.
    """

    title: str
    url: str
    path: str
    depth: int
    slug: str
    language: str
    translation_key: str
    in_menu: bool
    is_public: bool

    @classmethod
    def of(cls, page: Page, request: HttpRequest | None) -> Self:
        return cls(
            title=page.title,
            url=page.get_url(request) or "/",
            path=page.path,
            depth=page.depth,
            slug=page.slug,
            language=page.locale.language_code,
            translation_key=str(page.translation_key),
            in_menu=page.show_in_menus,
            is_public=not page.is_private,
        )


@dataclass(frozen=True)
class Translation:
    """This page in one language. ``url`` is a path, ``name`` stands in that language."""

    code: str
    name: str
    url: str
    is_current: bool


def waymarks(request: HttpRequest, page: Page | None = None) -> list[Section]:
    """Return the open children of all home pages, and ``page`` in its other languages.

    In the editor's order; one query a request. The page that is served must be
    asked for first, as the base template does. Of a site whose home page is private,
    the children that are open to its readers are still the menu.
    """
    if not hasattr(request, "_waymarks"):
        private = restrictions.over("path")
        closed = private.filter(page__depth__gte=SECTION_DEPTH)
        wanted = Q(depth=SECTION_DEPTH)
        if page is not None:
            wanted |= Q(translation_key=page.translation_key, alias_of__isnull=True)
        pages = Page.objects.live().filter(wanted).exclude(Exists(closed))
        pages = pages.annotate(is_private=Exists(private))
        pages = pages.select_related("locale").order_by("path")
        request._waymarks = [Section.of(page, request) for page in pages]  # type: ignore[attr-defined]
    return request._waymarks  # type: ignore[attr-defined]


def sections(request: HttpRequest) -> list[Section]:
    """Return the open children of all home pages."""
    return [part for part in waymarks(request) if part.depth == SECTION_DEPTH]


def menu(request: HttpRequest) -> list[Section]:
    """Return the sections that stand in the menu, in the reader's language."""
    return [part for part in sections(request) if part.in_menu and part.language == get_language()]


def owed(request: HttpRequest) -> list[Section]:
    """Return the accessibility statement, privacy and house rules: translated, or else in Dutch."""
    keys = {part.slug: part.translation_key for part in reversed(sections(request))}
    found = [_best(request, keys[slug]) for slug in OWED if slug in keys]
    return [part for part in found if part]


def _best(request: HttpRequest, key: str) -> Section | None:
    versions = {part.language: part for part in sections(request) if part.translation_key == key}
    first = next(iter(versions.values()), None)
    return versions.get(get_language() or "") or versions.get(settings.LANGUAGE_CODE, first)


def home_url() -> str:
    """Return the path of the home page in the reader's language, or else in Dutch; no query."""
    languages = {root.language_code for root in Site.get_site_root_paths()}
    language = get_language()
    with override(language if language in languages else settings.LANGUAGE_CODE):
        return reverse("wagtail_serve", args=[""])


def ancestors(page: Page, request: HttpRequest) -> list[tuple[str, str]]:
    """Return address and title of the pages above ``page``, below the home page."""
    if page.depth == SECTION_DEPTH + 1:
        above = [part for part in sections(request) if page.path.startswith(part.path)]
        return [(part.url, part.title) for part in above]
    pages = page.get_ancestors().live().filter(depth__gte=SECTION_DEPTH)
    return [(above.get_url(request) or "/", above.title) for above in pages]


def translations_of(page: Page, request: HttpRequest) -> list[Translation]:
    """Return the live and public versions of ``page``; empty when there is only one."""
    key = str(page.translation_key)
    public = [part for part in waymarks(request, page) if part.is_public]
    versions = [part for part in public if part.translation_key == key]
    if len(versions) < 2:
        return []
    return [
        _translation(part.language, part.url, is_current=part.path == page.path)
        for part in versions
    ]


def translations_of_route(request: HttpRequest) -> list[Translation]:
    """Return the versions of an address that is not a page; empty for an unknown address."""
    match = request.resolver_match
    if match is None or match.url_name in {None, "wagtail_serve"}:
        return []
    path = request.path
    urls = {code: translate_url(path, code) for code, _ in settings.LANGUAGES}
    if len(set(urls.values())) < len(urls):
        return []
    return [_translation(code, url, is_current=url == path) for code, url in urls.items()]


def _translation(code: str, url: str, *, is_current: bool) -> Translation:
    name = get_language_info(code)["name_local"]
    return Translation(code=code, name=name.capitalize(), url=url, is_current=is_current)
