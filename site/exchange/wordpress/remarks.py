"""The comments of an export, with their threads and states."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from html import unescape

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from community.comments import comments, mails, text
from community.comments.models import Comment
from community.comments.models.comments import MAX_DEPTH
from exchange.models import Source
from exchange.wordpress import wording
from exchange.wordpress.ledger import Ledger
from exchange.wordpress.records import Remark

Status = Comment.Status
STATES = {
    "1": Status.APPROVED,
    "approve": Status.APPROVED,
    "approved": Status.APPROVED,
    "0": Status.PENDING,
    "hold": Status.PENDING,
    "spam": Status.SPAM,
    "trash": Status.REMOVED,
    "post-trashed": Status.REMOVED,
}
_NAME_LENGTH = 50  # of the comments package's column


def bring_in(
    remarks: Sequence[Remark], *, page: Page, item_id: str, ledger: Ledger, now: datetime
) -> None:
    """Store what is new of the comments under one item, each after the one it answers.

    The address that a comment was sent from, and the writer's website, are not kept.
    A reply that stands deeper than conversations go here is put under the deepest
    ancestor that may be answered.
    """
    here: dict[str, Comment | int] = {}  # those of an earlier time by their number alone
    for remark in in_order(remarks):
        key = f"{item_id}:{remark.id}"
        known = ledger.find(Source.Kind.COMMENT, key)
        if known is not None:
            ledger.counts.unchanged += 1
            here[remark.id] = known
        elif reason := _left_out(remark):
            ledger.skip(reason)
        else:
            parent = _comment(here.get(remark.parent))
            comment = _store(remark, page=page, parent=parent, now=now)
            ledger.note(Source.Kind.COMMENT, key, comment.pk)
            ledger.counts.comments += 1
            ledger.counts.held += comment.status == Status.PENDING
            here[remark.id] = comment


def in_order(remarks: Sequence[Remark]) -> Iterator[Remark]:
    """Return the comments oldest first, but none before the one that it answers.

    A ring of comments that answer each other, which no WordPress makes, is cut.
    """
    beginning = datetime.fromtimestamp(0, tz=timezone.get_default_timezone())
    rest = {one.id: one for one in sorted(remarks, key=lambda one: one.at or beginning)}
    while rest:
        key = next(iter(rest))
        line: dict[str, None] = {}
        while key in rest and key not in line:
            line[key] = None
            key = rest[key].parent
        for key in reversed(line):
            yield rest.pop(key)


def _left_out(remark: Remark) -> str:
    """Return why a comment is not brought in; empty when it is."""
    if remark.type not in {"", "comment"}:
        return "comment: a pingback or trackback"
    if remark.approved not in STATES:
        return "comment: its state is unknown"
    return "" if wording.plain(remark.html) else "comment: it has no text"


def _comment(found: Comment | int | None) -> Comment | None:
    return Comment.objects.filter(pk=found).first() if isinstance(found, int) else found


def _store(remark: Remark, *, page: Page, parent: Comment | None, now: datetime) -> Comment:
    at, status = remark.at or now, STATES[remark.approved]
    decided_at = None if status == Status.PENDING else at
    comment = comments.insert(
        page=page,
        name=text.one_line(unescape(remark.name))[:_NAME_LENGTH] or _("Anonymous"),
        email=_address(remark.email),
        text=wording.plain(remark.html),
        status=status,
        submitted_at=at,
        confirmed_at=at,
        decided_at=decided_at,
        parent=_that_may_be_answered(parent),
        evidence=mails.IMPORTED,
    )
    # Nobody is told now of what was said on another site then.
    Comment.objects.filter(pk=comment.pk).update(announced_at=decided_at)
    return comment


def _that_may_be_answered(parent: Comment | None) -> Comment | None:
    if parent is None or parent.level < MAX_DEPTH:
        return parent
    return Comment.objects.get(path=parent.parent_path)


def _address(email: str) -> str:
    try:
        validate_email(email)
    except ValidationError:
        return ""
    return email if len(email) <= 254 else ""
