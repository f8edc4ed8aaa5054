"""Template tags about where a post stands in its chain."""

from django import template
from django.conf import settings
from django.utils.safestring import SafeString

from blog import chains
from blog.models import BlogPage
from core.templatetags.languages import in_language

register = template.Library()


@register.simple_tag
def places_around(post: BlogPage) -> list[chains.Place]:
    """Return all places of the chain that ``post`` belongs to; empty for a post on its own."""
    return chains.places_around(post) if hasattr(post, "link") else []


@register.simple_tag
def place_in(places: list[chains.Place], post: BlogPage) -> chains.Place | None:
    """Return the one of ``places`` that ``post`` fills."""
    return chains.place_in(places, post)


@register.simple_tag
def in_site_language() -> SafeString:
    """Mark a text of a chain for a reader in another language: chains are not translated."""
    return in_language(settings.LANGUAGE_CODE)
