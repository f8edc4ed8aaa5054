"""What was sent before a comment: the same words, and how much of late; one query for all."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import CharField, Count, Q, QuerySet, Value
from django.db.models.functions import Cast

from community.comments.models import Comment
from community.comments.models.comments import PROVEN
from community.comments.pipeline.submission import Submission

Status = Comment.Status

WINDOW = timedelta(minutes=10)
_KEPT = "_earlier"


@dataclass(frozen=True)
class Earlier:
    """The ``status`` of the same words at the same place, and counts of the last `WINDOW`."""

    status: Status | None = None
    by_writer: int = 0
    from_network: int = 0
    on_page: int = 0


def look(submission: Submission) -> Earlier:
    """Return what came before ``submission``; looked up once, and kept with it."""
    kept = submission.__dict__.get(_KEPT)
    if kept is None:
        kept = submission.__dict__[_KEPT] = _look_up(submission)
    return kept


def _look_up(submission: Submission) -> Earlier:
    """Ask four small questions in one query, each of an index of its own."""
    recent = Comment.objects.filter(submit_date__gt=submission.now - WINDOW).order_by()
    asked = [
        _count("by_writer", recent.filter(_by(submission))),
        _count("on_page", recent.filter(page_id=submission.page.pk)),
    ]
    if submission.network_key:
        same_network = recent.filter(network_key=submission.network_key)
        asked.append(_count("from_network", same_network))
    same = Comment.objects.filter(submission_key=submission.key).order_by()
    status_of_it = same.annotate(what=Value("status")).values_list("what", "status")
    found = dict(status_of_it.union(*asked, all=True))
    status = found.pop("status", None)
    counts = {name: int(number) for name, number in found.items()}
    return Earlier(status=Status(status) if status else None, **counts)


def _count(name: str, comments: QuerySet[Comment]) -> QuerySet:
    counted = comments.annotate(what=Value(name)).values("what").annotate(number=Count("pk"))
    return counted.annotate(said=Cast("number", CharField())).values_list("what", "said")


def _by(submission: Submission) -> Q:
    """What its writer sent, as far as we can know.

    Under an address that nobody has proven counts only what came from the same
    network: else anyone could keep its owner from writing.
    """
    is_own = PROVEN | Q(network_key=submission.network_key)
    return Q(writer_key=submission.writer_key) & is_own
