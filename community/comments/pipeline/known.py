"""What is known about a comment that comes in, before anyone judges it; one query for all."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet, Subquery

from community.comments import asking, trust
from community.comments.asking import count, first
from community.comments.blocking import standing
from community.comments.models import Comment
from community.comments.models.comments import PROVEN
from community.comments.pipeline.submission import Submission
from community.comments.spam import scoring

Status = Comment.Status

WINDOW = timedelta(minutes=10)
REPEATED_WITHIN = timedelta(days=1)
_KEPT = "_known"


@dataclass(frozen=True)
class Known:
    """The ``status`` of the same words at the same place, and counts of the last `WINDOW`.

    ``repeats`` counts the same words anywhere, within `REPEATED_WITHIN`. ``rules`` and
    ``spam_filter`` say which version of either holds, ``writer`` how the writer stands.
    """

    status: Status | None
    by_writer: int
    from_network: int
    on_page: int
    repeats: int
    rules: standing.Version
    spam_filter: scoring.Version | None
    writer: trust.Standing


def look(submission: Submission) -> Known:
    """Return what is known about ``submission``; looked up once, and kept with it."""
    kept = submission.__dict__.get(_KEPT)
    if kept is None:
        kept = submission.__dict__[_KEPT] = _look_up(submission)
    return kept


def _look_up(submission: Submission) -> Known:
    writer = {"now": submission.now, "besides": submission.changes}
    answers = asking.ask(
        {
            **_of_late(submission),
            **_the_same(submission),
            **standing.questions(),
            **scoring.questions(),
            **trust.questions(submission.writer_key, **writer),
        }
    )
    status = answers["status"]
    return Known(
        status=Status(status) if status else None,
        by_writer=answers["by_writer"],
        from_network=answers.get("from_network", 0),
        on_page=answers["on_page"],
        repeats=answers["repeats"],
        rules=standing.version_in(answers),
        spam_filter=scoring.version_in(answers),
        writer=trust.standing_in(answers),
    )


def _of_late(submission: Submission) -> dict[str, Subquery]:
    recent = _since(submission.now - WINDOW)
    asked = {
        "by_writer": count(recent.filter(_by(submission))),
        "on_page": count(recent.filter(page_id=submission.page.pk)),
    }
    if submission.network_key:
        near = recent.filter(network_key=submission.network_key)
        asked["from_network"] = count(near)
    return asked


def _the_same(submission: Submission) -> dict[str, Subquery]:
    here = Comment.objects.filter(submission_key=submission.key)
    anywhere = _since(submission.now - REPEATED_WITHIN).filter(comment=submission.text)
    if submission.changes:
        anywhere = anywhere.exclude(pk=submission.changes.pk)
    return {"status": first(here, "status"), "repeats": count(anywhere)}


def _since(moment: datetime) -> QuerySet[Comment]:
    return Comment.objects.filter(submit_date__gt=moment)


def _by(submission: Submission) -> Q:
    """What its writer sent, as far as we can know.

    Under an address that nobody has proven counts only what came from the same
    network: else anyone could keep its owner from writing.
    """
    is_own = PROVEN | Q(network_key=submission.network_key)
    return Q(writer_key=submission.writer_key) & is_own
