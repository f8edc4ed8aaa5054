"""Template tags about the language of a text."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()


@register.simple_tag
def in_language(code: str) -> SafeString:
    """Mark a text in language ``code`` where the page is in another (WCAG 3.1.2).

    The mark belongs on the text alone: what stands around it is in the reader's language.
    """
    return format_html(' lang="{}"', code) if code and code != get_language() else SafeString("")
