"""What the mails about comments say: one rendering for all readers of the same news."""

import logging
import secrets
import uuid
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter

from django.db import transaction
from django.utils import translation
from wagtail.models import Page

from community.comments import mails
from community.comments.models import Comment
from community.notifications import links, recalling
from community.notifications.models import Kind, News
from core.addresses import absolute
from mail import composing, outbox, rendering
from mail.rendering import Circular, Copy

logger = logging.getLogger(__name__)

EXCERPT_LENGTH = 400  # characters
MOST = 20  # comments in one mail; it says how many more there are


@dataclass(frozen=True)
class Item:
    """One comment as a mail shows it."""

    comment: Comment
    excerpt: str
    link: str


@dataclass(frozen=True)
class Group:
    """What is told for one reason; ``stop`` ends that."""

    kind: str
    page: Page
    items: list[Item]
    stop: str


@dataclass
class _Same:
    """The same news for several readers, in one language."""

    pattern: list[News]
    copies: list[Copy] = field(default_factory=list)
    rows: list[News] = field(default_factory=list)


class Letters:
    """The mails of some readers. ``roots`` are the paths of the threads that they are about."""

    def __init__(self, roots: set[str]) -> None:
        self.same: dict[tuple, _Same] = {}
        self.unwritten: list[News] = []
        self.threads = dict(Comment.objects.filter(path__in=roots).values_list("path", "public_id"))

    def add(self, news: list[News]) -> None:
        """Add one reader's ``news``, in the order in which it is told."""
        key = (news[0].language, *((row.kind, row.comment_id) for row in news))
        same = self.same.setdefault(key, _Same(news))
        same.copies.append(self._copy(news))
        same.rows += news

    def send(self) -> int:
        """Write all down in the caller's transaction; return how many mails.

        What cannot be written keeps no other waiting, and is `unwritten`.
        """
        return sum(self._send_safely(same) for same in self.same.values())

    def _send_safely(self, same: _Same) -> int:
        try:
            with transaction.atomic():
                return _send(same)
        except Exception:
            logger.exception("No mail can be made of comment %s", same.pattern[0].comment_id)
            self.unwritten += same.rows
            return 0

    def _copy(self, news: list[News]) -> Copy:
        """Return one reader's copy of the mail with ``news``, and how it is stopped."""
        because = [some[0] for some in _by_reason(news)]
        stops = [links.stop_because_of(row) for row in because]
        stop = stops[0] if len(stops) == 1 else links.stop_all(because)
        own = {f"stop{number}": link for number, link in enumerate(stops)}
        headers = {**links.headers(stop), **self._thread(news)}
        return Copy(to=news[0].address, own_link=stop, headers=headers, own=own)

    def _thread(self, news: list[News]) -> dict[str, str]:
        """Return what mail programs put all mails about one thread together by."""
        threads = {self.threads[row.comment.root_path] for row in news}
        if len(threads) > 1:
            return {}
        name = f"<thread.{threads.pop()}@{composing.host()}>"
        return {"In-Reply-To": name, "References": name}


def _send(same: _Same) -> int:
    """Write one mail for all who get the same."""
    if len(same.pattern) == 1:
        circular = _alone(same.pattern[0])
    else:
        bundle = uuid.uuid4()
        News.objects.filter(pk__in=[row.pk for row in same.rows]).update(bundle=bundle)
        circular = _several(same.pattern, bundle)
    return len(outbox.enqueue_copies(circular, same.copies))


def _by_reason(news: list[News]) -> list[list[News]]:
    """Return the part of ``news`` that a mail shows, in one list for each reason to tell it."""
    return [list(some) for _reason, some in groupby(news[:MOST], key=attrgetter("reason"))]


def _alone(news: News) -> Circular:
    item = _item(news.comment, news.language)
    return Circular.write(
        kind=recalling.ALONE[Kind(news.kind)],
        language=news.language,
        template=f"notifications/mail/{news.kind}",
        context={
            "comment": item.comment,
            "page": item.comment.page,
            "excerpt": item.excerpt,
            "link": item.link,
        },
        about=mails.about(news.comment),
    )


def _several(news: list[News], bundle: uuid.UUID) -> Circular:
    """Return the mail about ``news`` of several comments, with one part for each reason."""
    language, parts = news[0].language, _by_reason(news)
    marks = {f"stop{number}": secrets.token_hex(16) for number in range(len(parts))}
    groups = [
        Group(
            kind=some[0].kind,
            page=some[0].comment.page,
            items=[_item(row.comment, language) for row in some],
            stop=stop,
        )
        for some, stop in zip(parts, marks.values(), strict=True)
    ]
    marks["own_link"] = secrets.token_hex(16)
    context = {
        "groups": groups,
        "first": groups[0],
        "count": len(news),
        "more": len(news) - sum(len(group.items) for group in groups),
        "own_link": marks["own_link"],
    }
    return Circular(
        kind=recalling.SEVERAL,
        language=language,
        parts=rendering.render("notifications/mail/several", language, context),
        marks=marks,
        about=recalling.about(bundle),
    )


def _item(comment: Comment, language: str) -> Item:
    with translation.override(language):
        link = absolute(comment.get_absolute_url())
    return Item(comment, comment.excerpt(EXCERPT_LENGTH), link)
