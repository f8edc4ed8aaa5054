"""Whom editors need not read first: what a writer's comments earned, and what editors said."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from django.db.models import Count, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from community.comments import asking
from community.comments.models import Comment, ModerationSettings, WriterTrust
from users.models import User

Status = Comment.Status
Level = WriterTrust.Level

HISTORY = timedelta(days=90)  # for so long a refusal counts
REFUSED = [Status.REJECTED, Status.SPAM, Status.REMOVED]


class NobodyKnown(ValueError):
    """The writer of this comment left, and what told them from others with it."""


class Rank(StrEnum):
    """How a writer stands here."""

    WAITS = "waits"  # by hand: always
    TRUSTED = "trusted"  # by hand
    REFUSED = "refused"  # something of late was
    NEW = "new"
    KNOWN = "known"


@dataclass(frozen=True)
class Standing:
    """How a writer stands here, with the numbers that it follows from.

    ``approved`` counts what can be read now, ``refused`` what was refused of late,
    ``needed`` how many approved comments make a writer known.
    """

    rank: Rank
    approved: int
    refused: int
    needed: int


@dataclass(frozen=True)
class Record:
    """What became of the comments of one writer, at any time."""

    approved: int
    waiting: int
    refused: int
    spam: int


def said(writer_key: str) -> WriterTrust | None:
    """Return what an editor said last about the writer, if anyone did; one query."""
    return changes(writer_key).first()


def changes(writer_key: str) -> QuerySet[WriterTrust]:
    """Return all that editors said about the writer, latest first."""
    return WriterTrust.objects.filter(writer_key=writer_key).select_related("by").order_by("-pk")


def standing(writer_key: str, *, now: datetime, besides: Comment | None = None) -> Standing:
    """Return how the writer stands at ``now``, without counting ``besides``; one query."""
    return standing_in(asking.ask(questions(writer_key, now=now, besides=besides)))


def questions(
    writer_key: str, *, now: datetime, besides: Comment | None = None
) -> dict[str, Subquery]:
    """Return what to ask, among other things, to know how the writer stands."""
    proven = Comment.objects.proven().filter(writer_key=writer_key)
    theirs = proven.exclude(pk=besides.pk) if besides else proven
    refused = theirs.filter(status__in=REFUSED, submit_date__gt=now - HISTORY)
    return {
        "trust": asking.first(changes(writer_key), "level"),
        "approved": asking.count(theirs.filter(status=Status.APPROVED)),
        "refused": asking.count(refused),
        "needed": asking.first(ModerationSettings.objects.order_by("pk"), "trusted_after"),
    }


def standing_in(answers: dict[str, Any]) -> Standing:
    """Return how the writer stands of whom ``answers`` to `questions` tell."""
    needed = answers["needed"]
    if needed is None:  # nobody changed any setting
        needed = ModerationSettings().trusted_after
    found = {"approved": answers["approved"], "refused": answers["refused"], "needed": needed}
    return Standing(rank=_rank(answers["trust"] or Level.EARNED, **found), **found)


def record(writer_key: str) -> Record:
    """Return what became of the comments of the writer, at any time; one query."""
    which = {
        "approved": Q(status=Status.APPROVED),
        "waiting": Q(status=Status.PENDING),
        "refused": Q(status__in=[Status.REJECTED, Status.REMOVED]),
        "spam": Q(status=Status.SPAM),
    }
    theirs = Comment.objects.filter(writer_key=writer_key)
    return Record(**theirs.aggregate(**{name: Count("pk", filter=q) for name, q in which.items()}))


def say(comment: Comment, *, level: str, reason: str, by: User, now: datetime) -> str:
    """Add what an editor says about the writer of ``comment``; return it as a line for a log.

    It holds from the next comment on; what stands or waits stays as it is. The line has
    no name: a log is kept longer than names are.

    Raises `NobodyKnown` when nothing tells that writer from others any more.
    """
    if not comment.writer_key:
        raise NobodyKnown(comment.public_id)
    word = WriterTrust.objects.create(
        writer_key=comment.writer_key, level=Level(level), reason=reason, by=by, at=now
    )
    what = {"level": word.get_level_display(), "reason": reason}
    return _("Trust in this writer: %(level)s. Reason: %(reason)s") % what


def _rank(level: str, *, approved: int, refused: int, needed: int) -> Rank:
    if level == Level.WAITS:
        return Rank.WAITS
    if level == Level.TRUSTED:
        return Rank.TRUSTED
    if refused:
        return Rank.REFUSED
    return Rank.KNOWN if approved >= needed else Rank.NEW
