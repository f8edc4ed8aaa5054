"""The pages that every installation starts with, in both languages."""

from dataclasses import dataclass
from datetime import datetime
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from wagtail.models import Locale, Page, Site

from blog.models import BlogIndexPage
from core.models import BasePage
from home import manuscripts, tree
from home.models import HomePage, StandardPage
from home.roles import ensure_roles
from tools.models import ToolIndexPage

TEXTS = Path(__file__).parent / "texts"
STANDARD_PAGES = ("over", "toegankelijkheid", "privacy", "huisregels")
SECTIONS: dict[str, type[BasePage]] = {"blog": BlogIndexPage, "hulpmiddelen": ToolIndexPage}
NOTHING = manuscripts.Library(image=int, page=int)  # these texts name neither


@dataclass(frozen=True)
class Tree:
    """The main pages in Dutch, and the locale of their translations."""

    home: HomePage
    blog: BlogIndexPage
    tools: ToolIndexPage
    standard: dict[str, StandardPage]
    english: Locale


@transaction.atomic
def ensure_site(*, at: datetime | None = None) -> Tree:
    """Make what is missing of the locales, main pages and roles; harmless twice.

    New pages count as published ``at``. What stands already stays as it is, but
    for the address of Wagtail's site, which always follows ``BASE_URL``.
    """
    at = at or timezone.now()
    english, _ = Locale.objects.get_or_create(language_code="en")
    home = _home(at)
    _point_site_at(home)
    sections = {slug: _section(home, slug, model, at) for slug, model in SECTIONS.items()}
    standard = {slug: _standard_page(home, slug, at) for slug in STANDARD_PAGES}
    for page in (home, *sections.values(), *standard.values()):
        _translate(page, english, at)
    ensure_roles()
    return Tree(home, sections["blog"], sections["hulpmiddelen"], standard, english)


def text_of(language: str, name: str) -> manuscripts.Manuscript:
    """Return the starting text called ``name``, with this site's own address to write to."""
    contact = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    path = TEXTS / language / f"{name}.md"
    return manuscripts.read(path, contact=contact, site=settings.WAGTAIL_SITE_NAME)


def _home(at: datetime) -> HomePage:
    root = Page.get_first_root_node()
    site = Site.objects.filter(is_default_site=True).first()
    if site and isinstance(site.root_page.specific, HomePage):
        return site.root_page.specific
    Site.objects.update(root_page=root)  # deleting its page would take the site along
    for welcome in Page.objects.child_of(root).exact_type(Page):
        welcome.delete()
    language, _ = Locale.objects.get_or_create(language_code=settings.LANGUAGE_CODE)
    home = HomePage(slug="home", locale=language, **_fields("nl", "home", HomePage))
    return tree.put_up(root, home, at=at)


def _section(home: HomePage, slug: str, model: type[BasePage], at: datetime) -> BasePage:
    fields = _fields("nl", slug, model)
    page = model(slug=slug, show_in_menus=True, **fields)
    return tree.child(home, model, slug) or tree.put_up(home, page, at=at)


def _standard_page(home: HomePage, slug: str, at: datetime) -> StandardPage:
    fields = _fields("nl", slug, StandardPage)
    page = StandardPage(slug=slug, show_in_menus=slug == "over", **fields)
    return tree.child(home, StandardPage, slug) or tree.put_up(home, page, at=at)


def _translate(page: BasePage, english: Locale, at: datetime) -> None:
    name = "home" if isinstance(page, HomePage) else page.slug
    fields = _fields("en", name, type(page))
    tree.put_up_translation(page, english, at=at, **fields)


def _fields(language: str, name: str, model: type[BasePage]) -> dict[str, str]:
    """Return what the starting text says for the fields of ``model``."""
    text = text_of(language, name)
    fields = dict(text.head)
    if model is StandardPage:
        fields["body"] = text.stream(NOTHING)
    return fields


def _point_site_at(home: HomePage) -> None:
    address = urlsplit(settings.BASE_URL)
    port = address.port or (443 if address.scheme == "https" else 80)
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    wanted = (address.hostname, port, home.pk, settings.WAGTAIL_SITE_NAME)
    if (site.hostname, site.port, site.root_page_id, site.site_name) == wanted:
        return
    site.hostname, site.port, site.root_page_id, site.site_name = wanted
    site.save()
