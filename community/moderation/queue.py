"""What an editor sees of comments: each with all that is needed to decide."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.functional import cached_property

from community.comments.models import Comment, Revision
from community.moderation import cases, editing_by_editor, evidence, objections
from community.moderation.decisions import MOVES
from community.moderation.models import Act, Case, Note, Objection

Status = Comment.Status

PARENT_LENGTH = 240  # characters of what is answered
NEAR_WITHIN = timedelta(days=1)
NEAR_SHOWN = 3  # comments of one network


@dataclass(frozen=True)
class Item:
    """One comment on the desk, with what surrounds it.

    ``acts`` and ``earlier``, the texts that its writer replaced, are latest first;
    ``near`` are other comments of the last day from the same network.
    """

    comment: Comment
    parent: Comment | None = None
    acts: list[Act] = field(default_factory=list)
    objection: Objection | None = None
    case: cases.Shown | None = None
    notes: list[Note] = field(default_factory=list)
    earlier: list[Revision] = field(default_factory=list)
    near: list[Comment] = field(default_factory=list)

    @property
    def moves(self) -> dict[str, bool]:
        """Into which states an editor can bring it."""
        return {to: self.comment.status in since for to, since in MOVES.items()}

    @property
    def may_be_edited(self) -> bool:
        return self.comment.status in editing_by_editor.EDITABLE

    @property
    def version(self) -> str:
        """Which of its texts an editor sees; a decision holds for that one alone."""
        return version(self.comment)

    @property
    def last_act(self) -> Act | None:
        return self.acts[0] if self.acts else None

    @cached_property
    def first(self) -> set[int]:
        """Keys of the editors who decided what is objected to now, and so do not judge that."""
        decided = [said.case.decided_by_id for said in self.case.objections] if self.case else []
        if self.objection and (act := objections.disputed(self.comment, self.acts)):
            decided.append(act.moderator_id)
        return {key for key in decided if key}

    @property
    def parent_excerpt(self) -> str:
        return self.parent.excerpt(PARENT_LENGTH) if self.parent else ""

    @cached_property
    def evidence(self) -> list[str]:
        return evidence.in_words(self.comment)

    @property
    def since(self) -> datetime:
        """From when on it waits, or was written."""
        return self.comment.waits_since or self.comment.submit_date

    @property
    def near_shown(self) -> list[Comment]:
        return self.near[:NEAR_SHOWN]

    @property
    def has_more_near(self) -> bool:
        return len(self.near) > NEAR_SHOWN


def version(comment: Comment) -> str:
    """Return a word that changes whenever the text of ``comment`` changes."""
    return comment.edited_at.isoformat() if comment.edited_at else ""


def with_surroundings(comments: QuerySet[Comment], *, now: datetime) -> QuerySet[Comment]:
    """Load what `items` looks at, so that most of it costs no query of its own."""
    same_writer = Comment.objects.filter(writer_key=OuterRef("writer_key")).order_by()
    near = Comment.objects.filter(
        network_key=OuterRef("network_key"), submit_date__gt=now - NEAR_WITHIN
    )
    near = near.exclude(network_key="").exclude(pk=OuterRef("pk"))
    return comments.select_related(
        "page", "user", "handling__assignee", "handling__second_opinion_by"
    ).annotate(
        writer_approved=_number(same_writer.filter(status=Status.APPROVED)),
        writer_refused=_number(same_writer.filter(status__in=objections.REFUSED)),
        writer_noticed=_number(same_writer.filter(cases__isnull=False), distinct=True),
        has_near=Exists(near),
        has_acts=Exists(Act.objects.filter(comment_id=OuterRef("pk"))),
        has_case=Exists(Case.objects.open().filter(comment_id=OuterRef("pk")).order_by()),
        has_notes=Exists(Note.objects.filter(comment_id=OuterRef("pk"))),
    )


def items(comments: Iterable[Comment], *, now: datetime) -> list[Item]:
    """Return comments `with_surroundings` as items; a query only for what some of them have."""
    comments = list(comments)
    parents = _parents(comments)
    acts = _grouped(Act.objects.select_related("moderator", "reason"), comments, "has_acts")
    notes = _grouped(Note.objects.select_related("author"), comments, "has_notes")
    noticed = [comment.pk for comment in comments if comment.has_case]
    shown = cases.open_with_notices(noticed) if noticed else {}
    earlier = _grouped(Revision.objects.order_by("-pk"), comments, "edited_at")
    disputes = _objections(comments)
    near = _near(comments, now)
    return [
        Item(
            comment=comment,
            parent=parents.get(comment.parent_path),
            acts=acts.get(comment.pk, []),
            objection=disputes.get(comment.pk),
            case=shown.get(comment.pk),
            notes=notes.get(comment.pk, []),
            earlier=earlier.get(comment.pk, []),
            near=[other for other in near.get(comment.network_key, []) if other.pk != comment.pk],
        )
        for comment in comments
    ]


def item(comment_pk: int, *, now: datetime) -> Item | None:
    """Return one comment as it stands on the desk now."""
    found = with_surroundings(Comment.objects.filter(pk=comment_pk), now=now)
    return next(iter(items(found, now=now)), None)


def _number(rows: QuerySet, *, distinct: bool = False) -> Coalesce:
    counted = rows.values("writer_key").annotate(number=Count("pk", distinct=distinct))
    return Coalesce(Subquery(counted.values("number"), output_field=IntegerField()), 0)


def _grouped(rows: QuerySet, comments: list[Comment], sign: str) -> dict[int, list]:
    """Return ``rows`` by their comment, for those of ``comments`` that have the ``sign``."""
    keys = [comment.pk for comment in comments if getattr(comment, sign)]
    found: dict[int, list] = {}
    for row in rows.filter(comment_id__in=keys) if keys else ():
        found.setdefault(row.comment_id, []).append(row)
    return found


def _parents(comments: list[Comment]) -> dict[str, Comment]:
    paths = {comment.parent_path for comment in comments if comment.parent_path}
    return {row.path: row for row in Comment.objects.filter(path__in=paths)} if paths else {}


def _objections(comments: list[Comment]) -> dict[int, Objection]:
    disputable = [comment.pk for comment in comments if objections.may_be_about(comment)]
    waiting = objections.opened().filter(comment_id__in=disputable) if disputable else ()
    return {objection.comment_id: objection for objection in waiting}


def _near(comments: list[Comment], now: datetime) -> dict[str, list[Comment]]:
    """Return the latest comments of the networks of ``comments``, a few of each."""
    keys = {comment.network_key for comment in comments if comment.has_near}
    if not keys:
        return {}
    lately = Q(network_key__in=keys, submit_date__gt=now - NEAR_WITHIN)
    found: dict[str, list[Comment]] = {}
    for row in Comment.objects.filter(lately).order_by("-pk")[: 20 * len(keys)]:
        found.setdefault(row.network_key, []).append(row)
    return found
