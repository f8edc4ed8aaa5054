"""What a digest says about the time that it is about."""

from datetime import datetime

from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from community.digests.contents import Contents


def since(news: Contents, *, last: datetime | None, language: str) -> str:
    """Return since when ``news`` is, in ``language``.

    ``last`` is where the last digest that its reader got ended, if there was one; in
    what lies between that and ``news`` nothing was new.
    """
    with translation.override(language):
        if last is None:
            return period(news)
        return _("Since your last digest of %(date)s") % {"date": _day(last)}


def period(news: Contents) -> str:
    """Return what period ``news`` is about, in the language of now."""
    return _("%(since)s to %(until)s") % {"since": _day(news.since), "until": _year(news.until)}


def _day(moment: datetime) -> str:
    return date_format(localtime(moment), "j F")


def _year(moment: datetime) -> str:
    return date_format(localtime(moment), "j F Y")
