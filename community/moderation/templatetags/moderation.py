"""What templates of the desk need: ``{% load moderation %}``."""

from collections.abc import Iterable

from django import template
from django.template import Context
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from community.moderation import seconding
from community.moderation.models import Reason
from community.moderation.queue import Item

register = template.Library()

KEYS = 9  # reasons that have a key of their own


@register.simple_tag(takes_context=True)
def may_judge(context: Context, item: Item) -> bool:
    """Return whether who looks may judge what is said against a decision about ``item``.

    One query a page, when that was this editor's decision.
    """
    request = context["request"]
    if request.user.pk not in item.first:
        return True
    if not hasattr(request, "_judges_alone"):
        request._judges_alone = seconding.may_judge(request.user, first=item.first)
    return request._judges_alone


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
