"""The only place where a comment's status changes."""

from datetime import datetime

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Coalesce
from django_comments.models import Comment as PackageComment

from community.comments import counters
from community.comments.models import Comment

Status = Comment.Status


@transaction.atomic
def change(
    comment: Comment,
    *,
    to: Status,
    now: datetime,
    since: Status | None = None,
    is_undone: bool = False,
) -> bool:
    """Give ``comment`` the status ``to``; return whether this call did it.

    Nothing happens when its status is no longer ``since`` (by default: what
    ``comment`` says) or when its writer has changed the text since ``comment`` was
    read, so of two people who act at once, one is first. Only this comment changes:
    its replies keep the status that they have. What waits again because a decision
    ``is_undone`` has waited all the time.
    """
    since = since or Status(comment.status)
    counted = (to == Status.APPROVED) - (since == Status.APPROVED)
    if counted and comment.level:
        _lock_thread(comment, counted)
    unchanged = Comment.objects.filter(pk=comment.pk, status=since, edited_at=comment.edited_at)
    moments = _moments(since, to, now)
    if is_undone:
        moments.pop("held_at", None)
    if not unchanged.update(status=to, **moments, **_own_count(comment, counted)):
        if counted > 0 and comment.level:
            counters.add(comment, -counted)
        return False
    if counted < 0 and comment.level:
        counters.add(comment, counted)
    PackageComment.objects.filter(pk=comment.pk).update(**package_columns(to))
    comment.status = to
    for name in moments:
        setattr(comment, name, (name in _FIRST and getattr(comment, name)) or now)
    return True


def _lock_thread(comment: Comment, counted: int) -> None:
    """Lock the first of the thread before the comment: see `hold`.

    One more is counted at once, which locks as well and spares a query; one less
    might not be there to be taken away.
    """
    if counted > 0:
        counters.add(comment, counted)
    else:
        hold(comment)


def _own_count(comment: Comment, counted: int) -> dict:
    """Return the count of a thread whose first is ``comment``, to be written with it."""
    return {} if comment.level or not counted else {"thread_count": F("thread_count") + counted}


def hold(comment: Comment) -> Status | None:
    """Lock ``comment`` and the first of its thread until the transaction ends.

    The first of a thread is always locked first, so that two who act in one thread
    wait for each other and neither for ever. Return the status that ``comment`` has
    by then, or ``None`` when it is gone; what else was read before may be old.
    """
    rows = Comment.objects.filter(path__in={comment.root_path, comment.path})
    locked = rows.only("status").order_by("path").select_for_update(of=("self",))
    statuses = {row.pk: Status(row.status) for row in locked}
    return statuses.get(comment.pk)


def change_all(comments: list[Comment], *, to: Status, now: datetime) -> None:
    """Give ``comments`` the status ``to``, in the transaction in which `hold_all` locked them.

    As `change`, in a fixed number of statements; ``comments`` say it too afterwards.
    """
    keys = [comment.pk for comment in comments]
    rows = Comment.objects.filter(pk__in=keys)
    for status in {Status(comment.status) for comment in comments}:
        rows.filter(status=status).update(status=to, **_moments(status, to, now))
    PackageComment.objects.filter(pk__in=keys).update(**package_columns(to))
    counters.add_all(
        (comment, (to == Status.APPROVED) - (comment.status == Status.APPROVED))
        for comment in comments
    )
    for comment in comments:
        comment.status = to


def hold_all(comments: list[Comment]) -> None:
    """Lock ``comments`` and the first of their threads, and read status and change anew."""
    paths = {path for comment in comments for path in (comment.root_path, comment.path)}
    rows = Comment.objects.filter(path__in=paths).only("status", "edited_at")
    fresh = {row.pk: row for row in rows.order_by("path").select_for_update(of=("self",))}
    for comment in comments:
        row = fresh.get(comment.pk)
        comment.status = row.status if row else ""
        comment.edited_at = row.edited_at if row else None


def package_columns(status: str) -> dict[str, bool]:
    """Return what the package's own two columns say for ``status``."""
    return {
        "is_public": status == Status.APPROVED,
        "is_removed": status in {Status.REMOVED, Status.DELETED},
    }


_FIRST = {"confirmed_at", "appeared_at"}  # moments that stay as they were first


def _moments(since: str, to: str, now: datetime) -> dict:
    """Return the columns that say when: a comment waits from its confirmation on, or anew."""
    moments: dict = {}
    if since == Status.UNCONFIRMED or to == Status.PENDING:
        moments["confirmed_at"] = Coalesce("confirmed_at", Value(now))
    if to != Status.PENDING:
        moments["decided_at"] = now
    elif since != Status.UNCONFIRMED:
        moments["held_at"] = now
    if to == Status.APPROVED:
        moments["appeared_at"] = Coalesce("appeared_at", Value(now))
    return moments
