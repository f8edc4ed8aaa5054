"""Writing many comments down at once, for measuring: three tables, a few inserts each."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django_comments.models import Comment as PackageComment
from django_comments_xtd.models import XtdComment

from community.comments import states, writers
from community.comments.comments import path_step, rendered
from community.comments.models import Comment
from community.comments.models.comments import MAX_DEPTH
from core.bulk import insert_part, part

CHUNK = 1000  # comments in memory as rows at a time
Status = Comment.Status


@dataclass(eq=False, slots=True)
class Draft:
    """A comment to be written. ``parent`` must come before it and not be too deep."""

    content_type: ContentType
    page_id: int
    name: str
    email: str
    text: str
    status: str
    at: datetime
    parent: "Draft | None" = None
    comment: Comment | None = None

    @property
    def root(self) -> "Draft":
        return self.parent.root if self.parent else self

    @property
    def level(self) -> int:
        return self.parent.level + 1 if self.parent else 0

    @property
    def takes_replies(self) -> bool:
        return self.level < MAX_DEPTH


def insert_all(drafts: Sequence[Draft]) -> Iterator[Draft]:
    """Write ``drafts`` in their order, and hand each out once it has its ``comment``.

    Mails nobody. Each `CHUNK` is one transaction.
    """
    sizes = Counter(id(draft.root) for draft in drafts if draft.status == Status.APPROVED)
    for start in range(0, len(drafts), CHUNK):
        chunk = drafts[start : start + CHUNK]
        _insert(chunk, sizes)
        yield from chunk


@transaction.atomic
def _insert(drafts: Sequence[Draft], sizes: Counter[int]) -> None:
    rows = [_row(draft) for draft in drafts]
    bases = [part(row, PackageComment) for row in rows]
    PackageComment._base_manager.bulk_create(bases)
    for draft, row, base in zip(drafts, rows, bases, strict=True):
        draft.comment = row
        _place(draft, row, base.pk)
        row.thread_count = None if draft.parent else sizes[id(draft)]
    insert_part(XtdComment, rows)
    insert_part(Comment, rows)


def _place(draft: Draft, row: Comment, pk: int) -> None:
    """Give ``row`` its number, and its place under its parent, which has one already."""
    parent = draft.parent.comment if draft.parent else None
    row.id = row.comment_ptr_id = row.xtdcomment_ptr_id = pk
    row.thread_id = parent.thread_id if parent else pk
    row.parent_id = parent.pk if parent else pk
    row.level = draft.level
    row.path = (parent.path if parent else "") + path_step(pk)
    row.submission_key = f"row:{pk}"


def _row(draft: Draft) -> Comment:
    is_decided = draft.status not in {Status.UNCONFIRMED, Status.PENDING}
    return Comment(
        content_type=draft.content_type,
        object_pk=str(draft.page_id),
        page_id=draft.page_id,
        site_id=1,
        user_name=draft.name,
        user_email=draft.email,
        comment=draft.text,
        submit_date=draft.at,
        order=1,
        status=draft.status,
        language="nl",
        confirmed_at=None if draft.status == Status.UNCONFIRMED else draft.at,
        decided_at=draft.at if is_decided else None,
        appeared_at=draft.at if draft.status == Status.APPROVED else None,
        announced_at=draft.at if is_decided else None,
        writer_key=writers.key(user=None, email=draft.email),
        **states.package_columns(draft.status),
        **_rendered(draft.text),
    )


@lru_cache(maxsize=4096)
def _rendered(text: str) -> dict:
    return rendered(text)
