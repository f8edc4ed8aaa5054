"""Writing down who is to hear of a new comment: once each, however many workers there are and die.

The request in which a comment is approved does nothing for followers. A worker
finds it, claims it and writes the news for all its readers in one transaction;
if it dies before the end, nothing has happened and the next one starts afresh.
`collecting` makes mails of the news.
"""

import logging
from collections.abc import Iterator
from datetime import datetime
from itertools import islice

from django.db import transaction
from django.db.models import QuerySet
from wagtail.models import Page

from blog.models import BlogPage
from community.comments import pages
from community.comments.models import Comment
from community.notifications import recalling, silences, wishes
from community.notifications.models import Follow, FollowQuerySet, Kind, News
from mail.addresses import normalise
from users.languages import language_of
from users.models import User

logger = logging.getLogger(__name__)

BATCH = 200  # followers in memory, and rows in one insert


def announce_all(*, now: datetime) -> int:
    """Announce what was approved until ``now``; return how many are to hear of something.

    Wishes to follow are taken over first, so that nobody misses what came after
    their own comment. What nobody follows costs one statement, whatever its number.
    """
    wishes.take_over()
    _pass_over(now)
    due = _due(now).order_by("decided_at", "pk").values_list("pk", flat=True)
    return sum(_announce_safely(pk, now) for pk in list(due))


@transaction.atomic
def announce(comment: Comment, *, now: datetime) -> int:
    """Claim ``comment`` and write its news, in one transaction; return for how many readers.

    Of several that try at once, one writes all of it. Nothing happens to a
    comment that meanwhile is not approved any more.
    """
    claimed = _due(now).filter(pk=comment.pk).update(announced_at=now)
    return _write_news(comment, now) if claimed else 0


def withdraw(comment: Comment) -> int:
    """Drop the mails to readers about ``comment`` that have not left yet; return how many.

    What else was in them is told anew. News that is not in a mail yet may stay: it is not
    told as long as nobody can read the comment, and once that is placed again it is. Who
    had a mail about this comment alone is not told of it again.
    """
    return recalling.recall_about(comment)


def _due(now: datetime) -> QuerySet[Comment]:
    """Approved comments that nobody has been told of."""
    return Comment.objects.visible().filter(announced_at__isnull=True, decided_at__lte=now)


def _pass_over(now: datetime) -> None:
    """Mark what nobody waits for as announced: the comments of an import, and most others."""
    followed = Follow.objects.active().values("page_id")
    with_author = BlogPage.objects.filter(author__user__isnull=False).order_by().values("pk")
    nobodys = _due(now).exclude(page_id__in=followed).exclude(page_id__in=with_author)
    nobodys.update(announced_at=now)


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


def _write_news(comment: Comment, now: datetime) -> int:
    """Write one row a reader; the first reason counts, so the narrowest comes first."""
    page = pages.shown(comment.page_id)
    if page is None:
        return 0
    follows = Follow.objects.about(comment).that_may_read(list(page.get_view_restrictions()))
    _write(comment, _of_followers(follows.of_kind(Kind.REPLIES)), now)
    _write(comment, _of_author(page), now)
    _write(comment, _of_followers(follows.of_kind(Kind.PAGE)), now)
    return News.objects.filter(comment=comment).count()


def _of_followers(follows: FollowQuerySet) -> Iterator[News]:
    """Give unsaved news for each of ``follows``, which are read by the batch."""
    last = 0
    while batch := list(follows.filter(pk__gt=last).select_related("user").order_by("pk")[:BATCH]):
        for follow in batch:
            yield News(
                kind=Kind(follow.scope),
                reader=normalise(follow.address),
                user=follow.user,
                follow=follow,
                language=follow.language,
            )
        last = batch[-1].pk


def _of_author(page: Page) -> Iterator[News]:
    """Give unsaved news for who wrote ``page``, if that one has an account and wants it."""
    authors = User.objects.filter(author__posts=page.pk, is_active=True)
    for author in authors.select_related("wagtail_userprofile"):
        if not silences.has(Kind.OWN_POST, user=author):
            yield News(
                kind=Kind.OWN_POST,
                reader=normalise(author.email),
                user=author,
                language=language_of(author),
            )


def _write(comment: Comment, some: Iterator[News], now: datetime) -> None:
    """Store ``some`` news of ``comment`` by the batch, but not for its writer."""
    writer = normalise(comment.user_email)
    while batch := list(islice(some, BATCH)):
        for news in batch:
            news.comment, news.at = comment, now
        others = (news for news in batch if news.reader not in {"", writer})
        News.objects.bulk_create(
            (news for news in others if news.user_id is None or news.user_id != comment.user_id),
            ignore_conflicts=True,
        )
