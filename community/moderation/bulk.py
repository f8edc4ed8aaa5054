"""One decision about many comments: all in one transaction, each judged as it was seen."""

from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from community.comments import states
from community.comments.models import Comment
from community.moderation import decisions, log, overtaking, sightings
from community.moderation.models import Act, Case
from community.moderation.overtaking import AlreadyHandled
from community.moderation.seconding import AnotherEditor
from community.moderation.sightings import MOST, Seen
from community.notifications import decisions as mails
from users.models import User

Status = Comment.Status


@dataclass(frozen=True)
class Outcome:
    """How many were decided about, and those that someone else was first with.

    ``left`` counts those that were as they were seen, but cannot become that from there;
    ``barred`` are those of which a colleague of this editor is to judge.
    """

    done: int
    missed: list[AlreadyHandled]
    left: int = 0
    barred: list[Comment] = field(default_factory=list)


# Gives after each step how many are done by then, and returns what came of it. All is one
# transaction: who stops before the end has changed nothing.
Steps = Generator[int, None, Outcome]


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
        barred: list[Comment] = []
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
                barred.append(comment)
            else:
                done += 1
                yield done
        return Outcome(done, missed, left, barred)


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
) -> tuple[list[Comment], list[AlreadyHandled], int]:
    """Lock what was seen; return what can go ``to``, what changed, and how many are left."""
    seen = seen[:MOST]
    found = sightings.find(seen)
    states.hold_all(found)
    holding, changed = sightings.sort(found, seen)
    allowed = decisions.MOVES[to] | (decisions.MOVES[or_to] if or_to else set())
    ready = [comment for comment in holding if comment.status in allowed]
    return ready, overtaking.all_handled(changed), len(holding) - len(ready)
