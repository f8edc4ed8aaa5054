"""Digests that tell of what was taken back since: they do not leave, and are written anew.

A comment, a post, a tool or the use of one may be withdrawn while a digest waits for the mail
server. So the outbox asks once more just before a mail leaves (`mail.checking`). What is left
of it is written into another mail; where nothing is, there is none.
"""

import uuid
from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q
from wagtail.models import Page

from community.digests import contents
from community.digests.contents import Contents
from community.digests.items import marked
from community.digests.models import Delivery, Letter
from core import restrictions
from mail.housekeeping import WORDS_KEPT_FOR
from mail.models import Message


def letter_of(news: Contents) -> Letter:
    """Return what ``news`` tells, not stored yet, with a name that no other has."""
    replies = [reply for talk in news.conversations for reply in talk.replies]
    return Letter(
        name=f"digest:{uuid.uuid4().hex}",
        posts=[post.key for post in news.posts] + [tool.key for tool in news.tools],
        comments=[[reply.key, reply.mark] for reply in replies],
        uses=[use.key for tool in news.used_tools for use in tool.uses],
    )


def stale(messages: Iterable[Message]) -> set[int]:
    """Return the keys of those of ``messages`` that tell of something that was taken back."""
    by_name: dict[str, list[int]] = {}
    for message in messages:
        by_name.setdefault(message.about, []).append(message.pk)
    gone = outdated(Letter.objects.filter(name__in=by_name))
    return {pk for letter in gone for pk in by_name[letter.name]}


def redo(keys: Iterable[int]) -> None:
    """Let the digests whose mails, by primary key, did not leave be written again."""
    Delivery.objects.filter(message__in=list(keys)).update(message=None, written_at=None)


def outdated(letters: Iterable[Letter]) -> list[Letter]:
    """Return those of ``letters`` that tell of what nobody may read now, or in other words.

    Five queries at most, whatever their number, and none when there are no letters.
    """
    letters = list(letters)
    if not letters:
        return []
    private = restrictions.private()
    pages = _pages({pk for letter in letters for pk in letter.posts}, private)
    marks = _marks({pk for letter in letters for pk, _mark in letter.comments}, private)
    uses = _uses({pk for letter in letters for pk in letter.uses}, private)
    return [
        letter
        for letter in letters
        if not pages.issuperset(letter.posts)
        or not uses.issuperset(letter.uses)
        or any(marks.get(pk) != mark for pk, mark in letter.comments)
    ]


def forget_old(*, now: datetime) -> int:
    """Delete the letters of mails whose words the outbox has forgotten; return how many.

    Their mails say no longer either that they were alike, and so chosen alike.
    """
    old = Letter.objects.filter(written_at__lt=now - WORDS_KEPT_FOR)
    for name in old.values_list("name", flat=True):
        Message.objects.filter(about=name).update(about="")
    return old.delete()[0]


def _pages(keys: set[int], private: Q) -> set[int]:
    readable = contents.readable_pages(Page, private=private).filter(pk__in=keys)
    return set(readable.order_by().values_list("pk", flat=True)) if keys else set()


def _marks(keys: set[int], private: Q) -> dict[int, str]:
    """Return what is said now in those of the comments with ``keys`` that anyone may read."""
    if not keys:
        return {}
    readable = contents.readable_comments(private=private).filter(pk__in=keys)
    rows = readable.order_by().values_list("pk", "user_name", "comment")
    return {pk: marked(name, text) for pk, name, text in rows}


def _uses(keys: set[int], private: Q) -> set[int]:
    readable = contents.readable_uses(private=private).filter(pk__in=keys)
    return set(readable.order_by().values_list("pk", flat=True)) if keys else set()
