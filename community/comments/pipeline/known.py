"""What gates and judges want to know of a comment that comes in; one query for all."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet, Subquery

from community.comments import asking, trust
from community.comments.asking import count, first
from community.comments.blocking import standing
from community.comments.models import Comment
from community.comments.models.comments import PROVEN
from community.comments.pipeline.submission import Submission
from community.comments.spam import scoring
from core import networks

Status = Comment.Status

WINDOW = timedelta(minutes=10)
REPEATED_WITHIN = timedelta(days=1)
_SENT, _KNOWN = "_sent", "_known"


@dataclass(frozen=True)
class Sent:
    """What gates ask: the ``status`` of the same words at the same place, counts of `WINDOW`.

    ``from_around`` and ``on_page`` count what strangers sent: nobody has proven to have.
    ``rules`` is the version of the block rules that holds.
    """

    status: Status | None
    by_writer: int
    from_network: int
    from_around: int
    on_page: int
    rules: standing.Version


@dataclass(frozen=True)
class Known:
    """What judges ask: how the ``writer`` stands, and which rules and filter hold.

    ``repeats`` counts the same words anywhere within `REPEATED_WITHIN`.
    """

    repeats: int
    rules: standing.Version
    spam_filter: scoring.Version | None
    writer: trust.Standing


def look_up(submission: Submission) -> None:
    """Ask for gates and judges at once, where both will be asked.

    For either alone it is asked when it is wanted.
    """
    answers = asking.ask(_for_gates(submission) | _for_judges(submission))
    submission.__dict__.update({_SENT: _sent(answers), _KNOWN: _known(answers)})


def sent(submission: Submission) -> Sent:
    """Return what was sent before ``submission``; looked up once, and kept with it."""
    if _SENT not in submission.__dict__:
        submission.__dict__[_SENT] = _sent(asking.ask(_for_gates(submission)))
    return submission.__dict__[_SENT]


def known(submission: Submission) -> Known:
    """Return what is known besides; looked up once, and kept with ``submission``."""
    if _KNOWN not in submission.__dict__:
        submission.__dict__[_KNOWN] = _known(asking.ask(_for_judges(submission)))
    return submission.__dict__[_KNOWN]


def _for_gates(submission: Submission) -> dict[str, Subquery]:
    here = Comment.objects.filter(submission_key=submission.key)
    recent = _since(submission.now - WINDOW)
    by_strangers = recent.exclude(PROVEN)
    asked = {
        "status": first(here, "status"),
        "by_writer": count(recent.filter(_by(submission))),
        "on_page": count(by_strangers.filter(page_id=submission.page.pk)),
    }
    if submission.network_key:
        around = networks.around(submission.network_key)
        near = recent.filter(network_key=submission.network_key)
        asked["from_network"] = count(near)
        asked["from_around"] = count(by_strangers.filter(network_key__startswith=around))
    return asked | standing.questions()


def _for_judges(submission: Submission) -> dict[str, Subquery]:
    changes, now = submission.changes, submission.now
    same = _since(now - REPEATED_WITHIN).filter(comment=submission.text)
    return {
        "repeats": count(same.exclude(pk=changes.pk) if changes else same),
        **standing.questions(),
        **scoring.questions(),
        **trust.questions(submission.writer_key, now=now, besides=changes),
    }


def _sent(answers: dict[str, Any]) -> Sent:
    status = answers["status"]
    return Sent(
        status=Status(status) if status else None,
        by_writer=answers["by_writer"],
        from_network=answers.get("from_network", 0),
        from_around=answers.get("from_around", 0),
        on_page=answers["on_page"],
        rules=standing.version_in(answers),
    )


def _known(answers: dict[str, Any]) -> Known:
    return Known(
        repeats=answers["repeats"],
        rules=standing.version_in(answers),
        spam_filter=scoring.version_in(answers),
        writer=trust.standing_in(answers),
    )


def _since(moment: datetime) -> QuerySet[Comment]:
    return Comment.objects.filter(submit_date__gt=moment)


def _by(submission: Submission) -> Q:
    """What its writer sent, as far as we can know.

    Under an address that nobody has proven counts only what came from the same
    network: else anyone could keep its owner from writing.
    """
    is_own = PROVEN | Q(network_key=submission.network_key)
    return Q(writer_key=submission.writer_key) & is_own
