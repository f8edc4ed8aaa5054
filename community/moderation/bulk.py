"""One decision about many comments: all in one transaction, each judged as it was seen."""

import uuid
from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from django.db import transaction
from django.db.models import QuerySet

from community.comments import states
from community.comments.models import Comment
from community.moderation import decisions, log, queue
from community.moderation.models import Act, Case
from community.moderation.seconding import AnotherEditor
from community.notifications import decisions as mails
from users.models import User

Status = Comment.Status
MOST = 1000  # comments in one decision


@dataclass(frozen=True)
class Seen:
    """A comment as an editor saw it: which, in which state, with which text."""

    public_id: str
    status: str
    version: str

    @classmethod
    def read(cls, word: str) -> Self | None:
        """Return what `word` says, or ``None`` for something that no form of ours sends."""
        parts = word.split("|")
        is_known = len(parts) == 3 and parts[1] in Status.values
        return cls(*parts) if is_known and _is_id(parts[0]) else None

    @classmethod
    def of(cls, comment: Comment) -> Self:
        return cls(str(comment.public_id), comment.status, queue.version(comment))

    def __str__(self) -> str:
        return f"{self.public_id}|{self.status}|{self.version}"

    def still_holds(self, comment: Comment) -> bool:
        return comment.status == self.status and queue.version(comment) == self.version


@dataclass(frozen=True)
class Outcome:
    """How many were decided about, and those that someone else was first with.

    ``left`` counts those that were as they were seen, but cannot become that from there.
    """

    done: int
    missed: list[Comment]
    left: int = 0


# Gives after each step how many are done by then, and returns what came of it. All is one
# transaction: who stops before the end has changed nothing.
Steps = Generator[int, None, Outcome]


def find(seen: Iterable[Seen]) -> list[Comment]:
    """Return the comments that were seen, as they are now, oldest first; at most `MOST`."""
    keys = [one.public_id for one in seen][:MOST]
    found = Comment.objects.select_related("page", "user").filter(public_id__in=keys)
    return list(found.order_by("pk"))


def to_the_end(steps: Steps) -> Outcome:
    """Take all ``steps`` at once."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value


def approve(seen: list[Seen], *, by: User, now: datetime) -> Outcome:
    """Place all that still are as they were seen, and tell each writer; see `approving`."""
    return to_the_end(approving(seen, by=by, now=now))


def approving(seen: list[Seen], *, by: User, now: datetime) -> Steps:
    """Place all that still are as they were seen, and tell each writer.

    A fixed number of statements for any number of comments, but for the mails, which
    are rendered once for each page and language. What readers noticed, and what was
    refused before, is decided one by one: there others are told as well.
    """
    decisions.require_moderator(by)
    with transaction.atomic():
        comments, missed, left = _still(seen, to=Status.APPROVED)
        noticed = set(_noticed(comments))
        plain, others = [], []
        for comment in comments:
            is_plain = comment.status == Status.PENDING and comment.pk not in noticed
            (plain if is_plain else others).append(comment)
        _place(plain, by=by, now=now)
        done = len(plain)
        yield done
        for comment in others:
            try:
                decisions.approve(comment, by=by, now=now)
            except AnotherEditor:  # it is rolled back, and waits for a colleague
                missed.append(comment)
            else:
                done += 1
                yield done
        return Outcome(done, missed, left)


def _place(comments: list[Comment], *, by: User, now: datetime) -> None:
    states.change_all(comments, to=Status.APPROVED, now=now)
    mails.tell_all_approved(comments)
    Act.objects.bulk_create(
        log.line(
            kind=Act.Kind.DECIDED,
            by=by,
            comment=comment,
            from_status=Status.PENDING,
            to_status=Status.APPROVED,
            at=now,
        )
        for comment in comments
    )


def _noticed(comments: list[Comment]) -> QuerySet:
    """Return the keys of those of ``comments`` that readers noticed, and nobody judged yet."""
    cases = Case.objects.filter(comment__in=comments, closed_at__isnull=True)
    return cases.values_list("comment_id", flat=True)


def reject(
    seen: list[Seen], *, by: User, now: datetime, reason: str, explanation: str = ""
) -> Outcome:
    """Refuse all that still are as they were seen, with one reason, and tell each writer."""
    return to_the_end(rejecting(seen, by=by, now=now, reason=reason, explanation=explanation))


def rejecting(
    seen: list[Seen], *, by: User, now: datetime, reason: str, explanation: str = ""
) -> Steps:
    """Do what `reject` does, one by one."""

    def decide(comment: Comment) -> Act:
        return decisions.reject(comment, by=by, reason=reason, explanation=explanation, now=now)

    return _each(seen, decide, to=Status.REJECTED, or_to=Status.REMOVED)


def mark_spam(seen: list[Seen], *, by: User, now: datetime) -> Outcome:
    """Keep all that still are as they were seen among the spam."""
    return to_the_end(marking_spam(seen, by=by, now=now))


def marking_spam(seen: list[Seen], *, by: User, now: datetime) -> Steps:
    """Do what `mark_spam` does, one by one."""
    return _each(seen, lambda comment: decisions.mark_spam(comment, by=by, now=now), to=Status.SPAM)


def _each(
    seen: list[Seen], decide: Callable[[Comment], Act], *, to: Status, or_to: Status | None = None
) -> Steps:
    with transaction.atomic():
        comments, missed, left = _still(seen, to=to, or_to=or_to)
        for done, comment in enumerate(comments, start=1):
            decide(comment)
            yield done
        return Outcome(len(comments), missed, left)


def _still(
    seen: list[Seen], *, to: Status, or_to: Status | None = None
) -> tuple[list[Comment], list[Comment], int]:
    """Lock what was seen; return what can go ``to``, what changed, and how many are left."""
    as_seen = {one.public_id: one for one in seen[:MOST]}
    found = find(as_seen.values())
    states.hold_all(found)
    allowed = decisions.MOVES[to] | (decisions.MOVES[or_to] if or_to else set())
    ready, missed = [], []
    for comment in found:
        holds = as_seen[str(comment.public_id)].still_holds(comment)
        if not holds:
            missed.append(comment)
        elif comment.status in allowed:
            ready.append(comment)
    return ready, missed, len(found) - len(ready) - len(missed)


def _is_id(word: str) -> bool:
    try:
        return str(uuid.UUID(word)) == word
    except ValueError:
        return False
