"""Reading the log: by kind, moderator, reason and period, newest first, however long it is."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from community.comments.models import Comment
from community.moderation.models import Act
from users.models import User

PER_PAGE = 50
MAX_KEY = 2**63 - 1  # of a row; a database refuses larger ones
SOFTWARE = "software"
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Lines:
    """Some lines, newest first. ``next_key`` leads to the older ones.

    ``alive`` are the public ids of the comments among them that are still there.
    """

    acts: list[Act]
    next_key: int | None
    alive: set = field(default_factory=set)


def lines(
    *,
    kind: str = "",
    who: str = "",
    reason: str = "",
    since: date | None = None,
    until: date | None = None,
) -> QuerySet[Act]:
    """Return the lines that fit, newest first.

    ``who`` is the key of an account or `SOFTWARE`; ``since`` and ``until`` are days in
    Dutch time, both included.
    """
    found = Act.objects.select_related("moderator", "reason")
    if kind:
        found = found.filter(kind=kind)
    if who:
        found = found.filter(moderator_id=None if who == SOFTWARE else int(who))
    if reason:
        found = found.filter(reason_id=reason)
    if since:
        found = found.filter(at__gte=_midnight(since))
    if until:
        found = found.filter(at__lt=_midnight(until + DAY))
    return found.order_by("-at", "-pk")


def page_of(found: QuerySet[Act], before: str) -> Lines:
    """Return the first `PER_PAGE` of ``found`` that are older than the line with key ``before``.

    A key that is none gives the newest. Three queries, however far back.
    """
    last = _line(before)
    if last:
        older = Q(at__lt=last.at) | Q(pk__lt=last.pk)
        found = found.filter(older, at__lte=last.at)
    acts = list(found[: PER_PAGE + 1])
    shown = acts[:PER_PAGE]
    public_ids = [act.public_id for act in shown if act.public_id]
    alive = Comment.objects.filter(public_id__in=public_ids).values_list("public_id", flat=True)
    next_key = shown[-1].pk if len(acts) > PER_PAGE else None
    return Lines(shown, next_key, set(alive))


def moderators() -> QuerySet[User]:
    """Return the accounts that stand in the log, by name."""
    acted = Act.objects.filter(moderator_id=OuterRef("pk")).order_by()
    return User.objects.filter(Exists(acted)).order_by("first_name", "last_name", "username")


def _line(key: str) -> Act | None:
    is_key = key.isascii() and key.isdigit() and len(key) < 20 and int(key) <= MAX_KEY
    return Act.objects.filter(pk=int(key)).only("at").first() if is_key else None


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=timezone.get_default_timezone())
