"""What the editors say first in the next digest."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.db.models import OuterRef, Subquery

from community.digests import rights
from community.digests.contents import Contents
from community.digests.models import Delivery, Introduction
from users.models import User

LONGEST = 1000  # characters


def introduce(news: Contents, *, language: str) -> Contents:
    """Return ``news`` with the introduction that its readers have not had yet; one query."""
    written = Introduction.objects.filter(
        language=language, at__gte=news.since, at__lt=news.until
    ).first()
    return replace(news, introduction=written.text) if written else news


def current() -> dict[str, Introduction]:
    """Return the newest introduction of each language, by its code; one query."""
    alike = Introduction.objects.filter(language=OuterRef("language"))
    newest = Introduction.objects.filter(pk=Subquery(alike.values("pk")[:1]))
    return {written.language: written for written in newest}


@transaction.atomic
def write(texts: Mapping[str, str], *, by: User, now: datetime) -> None:
    """Say ``texts``, by language, in the next digests; an empty one says nothing any more.

    A text that is the same as before stays what it is. One that nobody has had yet is
    changed; else everyone, also who has had the one before, gets the new one.

    Raises `PermissionDenied`.
    """
    rights.require(by)
    before = current()
    for language, text in texts.items():
        _write(before.get(language), language=language, text=text, by=by, now=now)


def _write(
    before: Introduction | None, *, language: str, text: str, by: User, now: datetime
) -> None:
    if before is not None and text == before.text:
        return
    if before is not None and (not text or not _is_had(before)):
        before.delete()
    if text:
        Introduction.objects.create(language=language, text=text, at=now, written_by=by)


def _is_had(written: Introduction) -> bool:
    """Return whether a digest was made that says it."""
    return Delivery.objects.filter(since__lte=written.at, until__gt=written.at).exists()
