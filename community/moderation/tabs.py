"""The queues of the desk: which there are, how much each holds, and in what order."""

from django.db.models import Count, F, Model, QuerySet, Value
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from community.comments.models import Comment
from community.moderation import cases, objections

Status = Comment.Status

PENDING, NOTICED, OBJECTIONS = "pending", "gemeld", "bezwaren"
SPAM, APPROVED, REFUSED, ALL = "spam", "approved", "geweigerd", "alle"
TABS: dict[str, str | Promise] = {
    PENDING: _("Waiting"),
    NOTICED: _("Noticed by readers"),
    OBJECTIONS: _("Objections"),
    SPAM: _("Spam"),
    APPROVED: _("Approved"),
    REFUSED: _("Refused"),
    ALL: _("All"),
}
# What an editor sees. Comments that nobody confirmed are nobody's work.
SEEN = {Status.PENDING, Status.APPROVED, Status.REJECTED, Status.SPAM, Status.REMOVED}
_STATUSES = {
    PENDING: {Status.PENDING},
    SPAM: {Status.SPAM},
    APPROVED: {Status.APPROVED},
    REFUSED: {Status.REJECTED, Status.REMOVED},
    ALL: SEEN,
}


def named(wanted: str | None) -> str:
    """Return the tab that is called ``wanted``; anything else is the one of what waits."""
    return wanted if wanted in TABS else PENDING


def of(status: str) -> str:
    """Return the tab in which a comment of ``status`` is found."""
    return next(tab for tab, statuses in _STATUSES.items() if status in statuses)


def counts() -> dict[str, int]:
    """Return how many comments each tab holds; one query."""
    rows = Comment.objects.filter(status__in=SEEN).order_by().values_list("status")
    numbers = rows.annotate(number=Count("pk")).union(
        _count(objections.opened(), OBJECTIONS), _count(cases.opened(), NOTICED), all=True
    )
    found: dict[str, int] = dict(numbers.order_by())  # else Django 6.1 puts comments in order
    sums = {
        tab: sum(found.get(status, 0) for status in statuses) for tab, statuses in _STATUSES.items()
    }
    return {tab: sums.get(tab, found.get(tab, 0)) for tab in TABS}


def comments(tab: str) -> QuerySet[Comment]:
    """Return the comments of ``tab``: what waits as it came, the rest newest first."""
    if tab == PENDING:
        return Comment.objects.waiting()
    if tab == OBJECTIONS:
        disputed = Comment.objects.filter(objections__in=objections.opened())
        return disputed.order_by("objections__at", "pk")
    if tab == NOTICED:
        return cases.noticed()
    if tab == ALL:
        return Comment.objects.filter(status__in=SEEN).order_by("-pk")
    found = Comment.objects.filter(status__in=_STATUSES[tab])
    return found.order_by(F("decided_at").desc(nulls_last=True), "-pk")


def _count(rows: QuerySet[Model], tab: str) -> QuerySet:
    return rows.order_by().values_list(Value(tab)).annotate(number=Count("pk"))
