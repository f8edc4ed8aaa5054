"""Template tags for the ways through the site."""

from django import template
from django.template import Context
from django.utils.safestring import mark_safe
from wagtail.models import Page

from core import navigation

register = template.Library()


@register.simple_tag(takes_context=True)
def menu(context: Context) -> list[navigation.Section]:
    """Return the sections in the menu."""
    return navigation.menu(context["request"]) if "request" in context else []


@register.simple_tag(takes_context=True)
def owed_pages(context: Context) -> list[navigation.Section]:
    """Return the pages that the footer owes its readers."""
    return navigation.owed(context["request"]) if "request" in context else []


@register.simple_tag
def home_url() -> str:
    """Return the path of the home page."""
    return navigation.home_url()


@register.simple_tag(takes_context=True)
def ancestors(context: Context, page: Page) -> list[tuple[str, str]]:
    """Return address and title of the pages above ``page``."""
    return navigation.ancestors(page, context["request"])


@register.simple_tag(takes_context=True)
def translations(context: Context) -> list[navigation.Translation]:
    """Return the versions of what is shown, in every language that has one."""
    request, page = context.get("request"), context.get("self")  # Wagtail's name for what it serves
    if request is None:
        return []
    if isinstance(page, Page):
        return navigation.translations_of(page, request) if page.pk else []
    return navigation.translations_of_route(request)


@register.simple_tag(takes_context=True)
def current(context: Context, url: str) -> str:
    """Mark a link to ``url`` when the reader is there, or somewhere below it."""
    path = context["request"].path if "request" in context else ""
    # Safe: both are words of ours, and nothing of the address stands in them.
    if path == url:
        return mark_safe(' aria-current="page"')
    return mark_safe(' aria-current="true"') if path.startswith(url) else ""
