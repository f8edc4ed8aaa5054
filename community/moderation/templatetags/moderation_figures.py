"""Where other rooms' templates find the yearly figures: ``{% load moderation_figures %}``."""

from django import template
from wagtail.models import Page
from wagtail.query import PageQuerySet

from community.moderation.models import FiguresPage

register = template.Library()


@register.simple_tag
def yearly_figures(page: Page) -> PageQuerySet:
    """Return the published figures in the language of ``page``, newest year first; one query."""
    return FiguresPage.objects.live().filter(locale_id=page.locale_id).order_by("-year")
