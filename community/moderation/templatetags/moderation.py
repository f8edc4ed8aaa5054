"""What templates of the desk need: ``{% load moderation %}``."""

from collections.abc import Iterable

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from community.moderation.models import Reason

register = template.Library()

KEYS = 9  # reasons that have a key of their own


@register.simple_tag
def reason_options(reasons: Iterable[Reason], chosen: str = "") -> SafeString:
    """Return the options of a list of ``reasons``; the first nine say by which key."""
    first = format_html('<option value="">{}</option>', _("Choose a reason"))
    return first + format_html_join(
        "",
        '<option value="{}"{}>{}{}</option>',
        (
            (
                reason.code,
                SafeString(" selected") if reason.code == chosen else "",
                f"{number} " if number <= KEYS else "",
                reason.name,
            )
            for number, reason in enumerate(reasons, start=1)
        ),
    )
