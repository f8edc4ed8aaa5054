"""The digest as a mail: what all its readers get, and what is each reader's own."""

from datetime import datetime
from functools import lru_cache
from typing import Any, Protocol, cast

from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localtime

from community.digests import wording
from community.digests.contents import Contents
from community.subscriptions import links
from community.subscriptions.subscriptions import DIGEST as KIND
from mail import composing
from mail.rendering import Circular, Copy

DIGEST = "digests/mail/digest"
TEST = "digests/mail/test"
OWN = ("preferences_link", "confirmed_on")  # besides the link that unsubscribes


def write(
    news: Contents, *, language: str, frequency: str, last: datetime | None, about: str = ""
) -> Circular:
    """Return ``news`` as a mail; ``last`` is where its readers' last digest ended, if any.

    ``about`` is as in `mail.outbox.enqueue`.
    """
    return Circular.write(
        kind=KIND,
        language=language,
        template=DIGEST,
        context={
            "news": news,
            "period": wording.since(news, last=last, language=language),
            "frequency": frequency,
        },
        about=about,
        own=OWN,
    )


class Reader(links.Addressed, Protocol):
    """Who gets a copy: a subscription, or a row about one."""

    @property
    def email(self) -> str: ...
    @property
    def confirmed_at(self) -> datetime | None: ...


def copy(reader: Reader) -> Copy:
    """Return the copy of ``reader``, whichever digest it is of."""
    stop = links.unsubscribe(reader)
    return Copy(
        to=reader.email,
        own_link=stop,
        own={
            "preferences_link": links.preferences(reader),
            "confirmed_on": _confirmed_on(reader),
        },
        headers={
            "List-Id": f"<digest.{composing.host()}>",
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",  # RFC 8058
            "Precedence": "bulk",
        },
    )


def context_of_test(news: Contents, *, language: str) -> dict[str, Any]:
    """Return what ``TEST`` needs: it is for an editor, who has not subscribed to it."""
    return {"news": news, "period": wording.since(news, last=None, language=language)}


def _confirmed_on(reader: Reader) -> str:
    moment = cast(datetime, reader.confirmed_at)  # who gets digests has confirmed
    return _day(moment.replace(minute=0, second=0, microsecond=0), reader.language)


@lru_cache(maxsize=10_000)
def _day(hour: datetime, language: str) -> str:
    """Return on which day ``hour`` is here; some thousands of readers share it."""
    with translation.override(language):
        return date_format(localtime(hour), "j F Y")
