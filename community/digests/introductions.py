"""What the editors say first in the next digest.

Each reader has it in the first digest after it was written, whether that is about the time
then or, where nothing was new for a while, about a later one.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import OuterRef, Subquery

from community.digests import rights
from community.digests.contents import Contents
from community.digests.models import Delivery, Introduction
from users.models import User

LONGEST = 1000  # characters
TOLD_FOR = timedelta(days=35)  # after it was written; a reader of every month gets it too


def introduce(news: Contents, *, language: str, last: datetime | None) -> Contents:
    """Return ``news`` with the introduction that its readers have not had yet; one query.

    ``last`` is where their last digest ended, if there was one.
    """
    oldest = news.until - TOLD_FOR
    since = oldest if last is None else max(last, oldest)
    within = Introduction.objects.filter(language=language, at__gte=since, at__lt=news.until)
    newest = within.first()
    if newest is None or not newest.text:
        return news
    return replace(news, introduction=newest.text, introduced_at=newest.at)


def current() -> dict[str, Introduction]:
    """Return the newest introduction of each language, by its code; one query.

    Of a language for which the editors want none there is none.
    """
    alike = Introduction.objects.filter(language=OuterRef("language"))
    newest = Introduction.objects.filter(pk=Subquery(alike.values("pk")[:1]))
    return {written.language: written for written in newest.exclude(text="")}


@transaction.atomic
def write(texts: Mapping[str, str], *, by: User, now: datetime) -> None:
    """Say ``texts``, by language, in the next digests; an empty one says nothing any more.

    A text that is the same as before stays what it is. One that nobody has had yet is
    changed; else everyone, also who has had the one before, gets the new one. What is
    taken back is blanked, so that nobody gets an older one in its place.

    Raises `PermissionDenied`.
    """
    rights.require(by)
    before = current()
    for language, text in texts.items():
        _write(before.get(language), language=language, text=text, by=by, now=now)


def _write(
    before: Introduction | None, *, language: str, text: str, by: User, now: datetime
) -> None:
    if text == (before.text if before else ""):
        return
    if before is not None and not text:
        Introduction.objects.filter(pk=before.pk).update(text="", written_by=by)
        return
    if before is not None and not _is_had(before):
        before.delete()
    Introduction.objects.create(language=language, text=text, at=now, written_by=by)


def _is_had(written: Introduction) -> bool:
    """Return whether a digest was made that may say it."""
    return Delivery.objects.filter(until__gt=written.at).exists()
