"""How other rooms' templates say how long a comment waits: ``{% load waiting %}``."""

from django import template
from django.utils import timezone

from community.moderation import waiting

register = template.Library()


@register.simple_tag
def usual_wait() -> str:
    """Return how long a comment usually waits, as "within 5 hours"; empty without figures.

    One query.
    """
    return waiting.usual_in_words(now=timezone.now())
