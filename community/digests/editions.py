"""The web version of a digest: where it is, and what can still be read of it."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.urls import reverse
from django.utils import translation

from community.digests import contents, introductions
from community.digests.contents import Contents
from community.digests.models import Edition
from community.subscriptions.selections import EVERYTHING, Selection
from core.addresses import absolute

Choices = Sequence[Sequence[str]]  # kinds and keys, in a fixed order; none is everything


def publish(news: Contents, *, language: str, choices: Choices = ()) -> Contents:
    """Return ``news`` with the address at which it can be read on the site too.

    All whose digest is about the same period and the same ``choices`` get the same
    one, so it tells nothing about who follows it. Only those whose introduction is from
    before the period share another. One query, or two the first time.
    """
    what = [news.since.isoformat(), news.until.isoformat(), [*map(list, choices)]]
    introduced_since = _introduced_before(news)
    if introduced_since is not None:
        what.append(introduced_since.isoformat())
    edition, _is_new = Edition.objects.get_or_create(
        key=hashlib.sha256(json.dumps(what).encode()).hexdigest(),
        defaults={
            "since": news.since,
            "until": news.until,
            "choices": [list(choice) for choice in choices],
            "introduced_since": introduced_since,
        },
    )
    with translation.override(language):
        address = absolute(reverse("digests:edition", args=[edition.public_id]))
    return replace(news, web_address=address)


def read(edition: Edition, *, language: str) -> Contents:
    """Return what everyone may still read of what ``edition`` told, in ``language``."""
    chosen = Selection.of(edition.choices) if edition.choices else EVERYTHING
    since, until = edition.since, edition.until
    news = contents.between(since, until, language=language, selection=chosen)
    return introductions.introduce(
        news, language=language, last=edition.introduced_since or edition.since
    )


def _introduced_before(news: Contents) -> datetime | None:
    """Return when the introduction of ``news`` was written, if that was before its period."""
    at = news.introduced_at
    return at if at is not None and at < news.since else None
