"""Comments as an editor saw them on a page, to be compared with how they are by now."""

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Self

from community.comments.models import Comment
from community.moderation import queue
from community.moderation.models import Case, Objection

Status = Comment.Status
MOST = 1000  # comments in one decision


@dataclass(frozen=True)
class Seen:
    """A comment as an editor saw it: which, in which state, with which text.

    ``case`` and ``objection`` are the keys of what was seen to be open about it.
    """

    public_id: str
    status: str
    version: str
    case: int | None = None
    objection: int | None = None

    @classmethod
    def read(cls, word: str) -> Self | None:
        """Return what `word` says, or ``None`` for something that no form of ours sends."""
        parts = word.split("|")
        if len(parts) != 3:
            return None
        public_id, status, version = parts
        is_known = status in Status.values and _is_id(public_id)
        return cls(public_id, status, version) if is_known else None

    @classmethod
    def of(cls, comment: Comment) -> Self:
        return cls(str(comment.public_id), comment.status, queue.version(comment))

    def __str__(self) -> str:
        """The word for it, without what was open: that stands in fields of its own."""
        return f"{self.public_id}|{self.status}|{self.version}"


@dataclass(frozen=True)
class Open:
    """Cases and objections, by their keys, that an editor saw to be open."""

    cases: Collection[int] = ()
    objections: Collection[int] = ()

    @classmethod
    def about(cls, comments: Iterable[Comment]) -> Self:
        """Return what is open about ``comments`` now; two queries."""
        keys = [comment.pk for comment in comments]
        cases = Case.objects.open().filter(comment_id__in=keys).order_by()
        objections = Objection.objects.filter(comment_id__in=keys, closed_at__isnull=True)
        return cls(
            cases=list(cases.values_list("pk", flat=True)),
            objections=list(objections.order_by().values_list("pk", flat=True)),
        )

    def added_to(self, seen: list[Seen]) -> list[Seen]:
        """Return ``seen``, each with what was open about it; no query when nothing was."""
        if not self.cases and not self.objections:
            return seen
        about = {str(comment.public_id): comment.pk for comment in find(seen)}
        cases = _comments_of(Case.objects.filter(pk__in=self.cases))
        objections = _comments_of(Objection.objects.filter(pk__in=self.objections))
        return [
            replace(one, case=cases.get(pk), objection=objections.get(pk))
            for one, pk in ((one, about.get(one.public_id)) for one in seen)
        ]


def find(seen: Iterable[Seen]) -> list[Comment]:
    """Return the comments that were seen, as they are now, oldest first; at most `MOST`."""
    keys = [one.public_id for one in seen][:MOST]
    found = Comment.objects.select_related("page", "user").filter(public_id__in=keys)
    return list(found.order_by("pk"))


def sort(comments: list[Comment], seen: list[Seen]) -> tuple[list[Comment], list[Comment]]:
    """Return those of ``comments`` that still are as ``seen``, and those that are not.

    Two queries when something was seen to be open about one of them, otherwise none.
    """
    as_seen = {one.public_id: one for one in seen}
    is_open = any(one.case or one.objection for one in seen)
    now = Open.about(comments) if is_open else Open()
    cases, objections = {None, *now.cases}, {None, *now.objections}
    holding: list[Comment] = []
    changed: list[Comment] = []
    for comment in comments:
        one = as_seen[str(comment.public_id)]
        is_same = (comment.status, queue.version(comment)) == (one.status, one.version)
        holds = is_same and one.case in cases and one.objection in objections
        (holding if holds else changed).append(comment)
    return holding, changed


def _comments_of(rows) -> dict[int | None, int]:
    """Return the key of each of ``rows`` by that of its comment; the last where there are more."""
    return dict(rows.order_by("pk").values_list("comment_id", "pk"))


def _is_id(word: str) -> bool:
    try:
        return str(uuid.UUID(word)) == word
    except ValueError:
        return False
