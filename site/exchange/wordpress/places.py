"""Where on this site posts and pages are put.

`home` stands beside this room and not below it, so its models are asked for by name.
"""

from io import StringIO

from django.apps import apps
from django.core.management import call_command
from wagtail.models import Page, Site

from blog.models import BlogIndexPage
from core.models import BasePage


def home() -> Page:
    """Return the front page of the default site, set up first when the site is still empty."""
    found = _front_page()
    if found is None:
        call_command("setup_site", stdout=StringIO())
        found = _front_page()
    return found


def blog(front: Page) -> BlogIndexPage:
    """Return the list of posts under ``front``, made when there is none."""
    found = BlogIndexPage.objects.child_of(front).order_by("path").first()
    return found or front.add_child(
        instance=BlogIndexPage(title="Blog", slug="blog", show_in_menus=True)
    )


def text_page(**fields: object) -> Page:
    """Return a page of plain text that is not saved yet."""
    return apps.get_model("home.StandardPage")(**fields)


def _front_page() -> Page | None:
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    page = site.root_page.specific if site else None
    return page if isinstance(page, BasePage) else None


def free_slug(parent: Page, slug: str) -> str:
    """Return ``slug``, with a number behind it when a page under ``parent`` has it."""
    taken = set(
        Page.objects.child_of(parent).filter(slug__startswith=slug).values_list("slug", flat=True)
    )
    number, free = 2, slug
    while free in taken:
        free, number = f"{slug}-{number}", number + 1
    return free
