"""What an editor sees: comments in one state, with all that is needed to decide."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, QuerySet
from wagtail.models import Page

from community.comments.models import Comment, Revision
from community.moderation import objections
from community.moderation.decisions import MOVES
from community.moderation.models import Act, Objection

Status = Comment.Status

PARENT_LENGTH = 240  # characters of what is answered

# The tabs of the desk, in order. Comments that nobody confirmed are nobody's work.
TABS = [Status.PENDING, Status.APPROVED, Status.REJECTED, Status.SPAM, Status.REMOVED]
OBJECTIONS = "bezwaren"  # a tab of its own: refused comments whose writer disagrees


@dataclass(frozen=True)
class Item:
    """One comment on the desk, with what it answers and what was last decided about it.

    ``earlier`` are the texts that its writer replaced, latest first.
    """

    comment: Comment
    page: Page
    parent: Comment | None
    last_act: Act | None
    objection: Objection | None = None
    earlier: list[Revision] = field(default_factory=list)

    @property
    def moves(self) -> dict[str, bool]:
        """Into which states an editor can bring it."""
        return {to: self.comment.status in since for to, since in MOVES.items()}

    @property
    def version(self) -> str:
        """Which of its texts an editor sees; a decision holds for that one alone."""
        return version(self.comment)

    @property
    def parent_excerpt(self) -> str:
        return self.parent.excerpt(PARENT_LENGTH) if self.parent else ""


def version(comment: Comment) -> str:
    """Return a word that changes whenever the writer of ``comment`` changes its text."""
    return comment.edited_at.isoformat() if comment.edited_at else ""


def counts() -> dict[str, int]:
    """Return how many comments each tab holds; two queries."""
    rows = Comment.objects.filter(status__in=TABS).values_list("status")
    found = dict(rows.annotate(number=Count("pk")).order_by())
    states = {str(status): found.get(status, 0) for status in TABS}
    return {**states, OBJECTIONS: objections.opened().count()}


def in_tab(status: str) -> QuerySet[Comment]:
    """Return the comments of a tab: what waits oldest first, the rest newest decision first."""
    if status == Status.PENDING:
        return Comment.objects.waiting()
    if status == OBJECTIONS:
        disputed = Comment.objects.filter(objections__in=objections.opened())
        return disputed.order_by("objections__at", "pk")
    return Comment.objects.filter(status=status).order_by("-decided_at", "-pk")


def items(comments: Iterable[Comment]) -> list[Item]:
    """Return ``comments`` with what surrounds them; at most five queries for any number."""
    comments = list(comments)
    parents = _parents(comments)
    acts = _last_acts(comments)
    disputes = _objections(comments)
    earlier = _earlier(comments)
    pages = Page.objects.specific().in_bulk({comment.page_id for comment in comments})
    return [
        Item(
            comment=comment,
            page=pages[comment.page_id],
            parent=parents.get(comment.parent_path),
            last_act=acts.get(comment.pk),
            objection=disputes.get(comment.pk),
            earlier=earlier.get(comment.pk, []),
        )
        for comment in comments
    ]


def _parents(comments: list[Comment]) -> dict[str, Comment]:
    paths = {comment.parent_path for comment in comments if comment.parent_path}
    return {parent.path: parent for parent in Comment.objects.filter(path__in=paths)}


def _last_acts(comments: list[Comment]) -> dict[int, Act]:
    acts = Act.objects.filter(comment__in=comments).select_related("moderator", "reason")
    return {act.comment_id: act for act in acts.order_by("at", "pk")}


def _objections(comments: list[Comment]) -> dict[int, Objection]:
    disputable = [comment.pk for comment in comments if objections.may_be_about(comment)]
    if not disputable:
        return {}
    waiting = objections.opened().filter(comment_id__in=disputable)
    return {objection.comment_id: objection for objection in waiting}


def _earlier(comments: list[Comment]) -> dict[int, list[Revision]]:
    changed = [comment.pk for comment in comments if comment.edited_at]
    if not changed:
        return {}
    found: dict[int, list[Revision]] = {}
    for revision in Revision.objects.filter(comment_id__in=changed):
        found.setdefault(revision.comment_id, []).append(revision)
    return found
