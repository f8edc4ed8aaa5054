"""Everything about one comment, for the editor who looks closely."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, QuerySet
from wagtail.models import Page

from community.comments.models import Comment, Revision
from community.moderation import evidence, objections, queue
from community.moderation.decisions import MOVES
from community.moderation.models import Act, Case, Objection
from community.moderation.teamwork import Teamwork, teamwork_of

Status = Comment.Status

LATEST = 10  # comments of the writer, and of the network
LOG_LINES = 200
NETWORK_WITHIN = timedelta(days=1)


@dataclass(frozen=True)
class History:
    """What else someone wrote here: how many of each state, how many noticed, and the last ten."""

    approved: int
    refused: int
    waiting: int
    noticed: int
    latest: list[Comment]


@dataclass(frozen=True)
class Dossier:
    """One comment with all that surrounds it. ``network`` is what came the same way in a day."""

    comment: Comment
    page: Page
    parent: Comment | None
    evidence: list[str]
    earlier: list[Revision]
    history: History
    network: list[Comment]
    work: Teamwork
    log: list[Act]
    objections: list[Objection]
    cases: list[Case]

    @property
    def version(self) -> str:
        return queue.version(self.comment)

    @property
    def moves(self) -> dict[str, bool]:
        """Into which states an editor can bring it."""
        return {to: self.comment.status in since for to, since in MOVES.items()}


def dossier_of(comment: Comment) -> Dossier:
    """Return all about ``comment``; as many queries whatever there is of it."""
    return Dossier(
        comment=comment,
        page=comment.page.specific,
        parent=Comment.objects.filter(path=comment.parent_path).first(),
        evidence=evidence.in_words(comment),
        earlier=list(comment.revisions.all()),
        history=_history(comment),
        network=_network(comment),
        work=teamwork_of([comment.pk])[comment.pk],
        log=list(comment.acts.select_related("moderator", "reason")[:LOG_LINES]),
        objections=list(comment.objections.select_related("decided_by")),
        cases=list(comment.cases.prefetch_related("notices__reason")),
    )


def _history(comment: Comment) -> History:
    others = _others(comment, writer_key=comment.writer_key)
    if not comment.writer_key:
        others = others.none()
    counts = dict(others.order_by().values_list("status").annotate(number=Count("pk")))
    refused = sum(counts.get(status, 0) for status in objections.REFUSED)
    return History(
        approved=counts.get(Status.APPROVED, 0),
        refused=refused,
        waiting=counts.get(Status.PENDING, 0),
        noticed=Case.objects.filter(comment__in=others.order_by()).count(),
        latest=list(others.select_related("page")[:LATEST]),
    )


def _network(comment: Comment) -> list[Comment]:
    if not comment.network_key:
        return []
    near = (comment.submit_date - NETWORK_WITHIN, comment.submit_date + NETWORK_WITHIN)
    others = _others(comment, network_key=comment.network_key, submit_date__range=near)
    return list(others.select_related("page")[:LATEST])


def _others(comment: Comment, **same: object) -> QuerySet[Comment]:
    return Comment.objects.filter(**same).exclude(pk=comment.pk).order_by("-submit_date", "-pk")
