"""Telling followers of new comments: once each, however many workers there are and die.

The request in which a comment is approved does nothing for followers. A worker
finds it, claims it and writes the mails of all its followers in one transaction;
if it dies before the end, nothing has happened and the next one starts afresh.
"""

import logging
from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import translation
from django.utils.functional import cached_property

from community.comments import mails, pages
from community.comments.models import Comment
from community.notifications import links, wishes
from community.notifications.following import KINDS
from community.notifications.models import Follow, FollowQuerySet
from core.addresses import absolute
from mail import composing, outbox
from mail.addresses import normalise
from mail.rendering import Circular, Copy

logger = logging.getLogger(__name__)

Status = Comment.Status
Scope = Follow.Scope

BATCH = 200  # followers in memory, and rows in one insert
EXCERPT_LENGTH = 400  # characters
WIDEST_FIRST = [Scope.PAGE, Scope.REPLIES]


def announce_all(*, now: datetime) -> int:
    """Announce what was approved until ``now``; return how many mails were written.

    Wishes to follow are taken over first, so that nobody misses what came after
    their own comment. What nobody follows costs one statement, whatever its number.
    """
    wishes.take_over()
    _pass_over(now)
    due = _due(now).order_by("decided_at", "pk").values_list("pk", flat=True)
    return sum(_announce_safely(pk, now) for pk in list(due))


@transaction.atomic
def announce(comment: Comment, *, now: datetime) -> int:
    """Claim ``comment`` and mail its followers, in one transaction; return how many mails.

    Of several that try at once, one writes all of them. Nothing happens to a
    comment that meanwhile is not approved any more.
    """
    claimed = _due(now).filter(pk=comment.pk).update(announced_at=now)
    return _mail_followers(comment) if claimed else 0


def withdraw(comment: Comment) -> int:
    """Drop the mails to followers about ``comment`` that have not left yet; return how many."""
    about = mails.about(comment)
    return sum(outbox.cancel(kind=kind, about=about) for kind in KINDS.values())


def _due(now: datetime) -> QuerySet[Comment]:
    """Approved comments that followers have not been told of."""
    return Comment.objects.visible().filter(announced_at__isnull=True, decided_at__lte=now)


def _pass_over(now: datetime) -> None:
    """Mark what nobody follows as announced: the comments of an import, and most others."""
    followed = Follow.objects.active().values("page_id")
    _due(now).exclude(page_id__in=followed).update(announced_at=now)


def _announce_safely(pk: int, now: datetime) -> int:
    """Announce one comment. What goes wrong with it keeps no other waiting."""
    try:
        return announce(Comment.objects.select_related("user").get(pk=pk), now=now)
    except Comment.DoesNotExist:
        return 0
    except Exception:
        # Nothing was written, so the next knock tries it again.
        logger.exception("Comment %s could not be announced", pk)
        return 0


def _mail_followers(comment: Comment) -> int:
    page = pages.shown(comment.page_id)
    if page is None:
        return 0
    comment.page = page
    follows = Follow.objects.about(comment).that_may_read(list(page.get_view_restrictions()))
    letters = _Letters(comment)
    return sum(letters.send(batch) for batch in _batches(follows))


def _batches(follows: FollowQuerySet) -> Iterator[list[Follow]]:
    """Hand out ``follows`` by the batch, those of the widest scope first."""
    for scope in WIDEST_FIRST:
        some = follows.filter(comment__isnull=scope == Scope.PAGE).order_by("pk")
        last = 0
        while batch := list(some.filter(pk__gt=last).select_related("user")[:BATCH]):
            yield batch
            last = batch[-1].pk


class _Letters:
    """The mails about one comment: one rendering for each language and scope."""

    def __init__(self, comment: Comment) -> None:
        self.comment = comment
        self.reached = {normalise(comment.user_email)}  # nobody hears of the own comment
        self.circulars: dict[tuple[str, str], Circular] = {}

    def send(self, follows: Iterable[Follow]) -> int:
        """Mail those of ``follows`` whom no earlier one has reached; return how many."""
        copies: dict[tuple[str, str], list[Copy]] = {}
        for follow in follows:
            if self._reaches(follow):
                key = (follow.language, follow.scope)
                copies.setdefault(key, []).append(self._copy(follow))
        return sum(
            outbox.enqueue_copies(self._circular(*key), some) for key, some in copies.items()
        )

    def _reaches(self, follow: Follow) -> bool:
        address = normalise(follow.address)
        is_own = follow.user_id is not None and follow.user_id == self.comment.user_id
        if not address or is_own or address in self.reached:
            return False
        self.reached.add(address)
        return True

    @cached_property
    def _thread(self) -> str:
        """What mail programs put all mails about one thread together by."""
        first = self.comment.public_id
        if self.comment.level:
            roots = Comment.objects.filter(path=self.comment.root_path)
            first = roots.values_list("public_id", flat=True).get()
        return f"<thread.{first}@{composing.host()}>"

    def _copy(self, follow: Follow) -> Copy:
        stop = links.stop(follow)
        headers = {
            "List-Id": f"<comments.{composing.host()}>",
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",  # RFC 8058
            "Precedence": "bulk",
            "In-Reply-To": self._thread,
            "References": self._thread,
        }
        return Copy(to=follow.address, own_link=stop, headers=headers)

    def _circular(self, language: str, scope: str) -> Circular:
        key = (language, scope)
        if key not in self.circulars:
            self.circulars[key] = Circular.write(
                kind=KINDS[Scope(scope)],
                language=language,
                template=f"notifications/mail/{scope}",
                context=self._context(language),
                about=mails.about(self.comment),
            )
        return self.circulars[key]

    def _context(self, language: str) -> dict:
        with translation.override(language):
            link = absolute(self.comment.get_absolute_url())
        excerpt = self.comment.excerpt(EXCERPT_LENGTH)
        return {
            "comment": self.comment,
            "page": self.comment.page,
            "excerpt": excerpt,
            "link": link,
        }
