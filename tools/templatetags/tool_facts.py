"""Template tags that put the facts of a tool into words."""

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

register = template.Library()

MINUTES_IN_HOUR = 60
SHOWN_AS_MINUTES = 2 * MINUTES_IN_HOUR  # longer is easier to read in hours


@register.simple_tag
def time_needed(least: int | None, most: int | None) -> str:
    """Return a time of ``least`` to ``most`` minutes in words; one of them may be unknown."""
    if least and most and least != most:
        return _("%(least)s to %(most)s") % {"least": _words(least), "most": _words(most)}
    if most is None and least:
        return _("at least %(time)s") % {"time": _words(least)}
    return _words(most or least or 0)


def _words(minutes: int) -> str:
    if minutes < SHOWN_AS_MINUTES or minutes % MINUTES_IN_HOUR:
        return ngettext("%(count)s minute", "%(count)s minutes", minutes) % {"count": minutes}
    hours = minutes // MINUTES_IN_HOUR
    return ngettext("%(count)s hour", "%(count)s hours", hours) % {"count": hours}
