"""A writer changes the own text: for a quarter of an hour, until someone answered or edited."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext as _

from community.comments import comments, mails, pipeline, states
from community.comments.models import Comment, Revision
from community.comments.models.comments import PATH_END
from community.comments.pipeline import Refused, Submission, Verdict, gates

Status = Comment.Status

EDITABLE_FOR = timedelta(minutes=15)  # after posting
MOST_CHANGES = 20  # of one comment: each keeps a text
EDITABLE = {Status.UNCONFIRMED, Status.PENDING, Status.APPROVED}
GATES = (gates.open_page, gates.length)


class TooLate(Exception):
    """The time is over, someone answered, an editor changed the text, or it stands no longer."""


class TooOften(Refused):
    """A comment was changed more than `MOST_CHANGES` times."""

    def __init__(self) -> None:
        super().__init__("changes", _("You have changed this comment too often."))


def editable(candidates: Iterable[Comment], *, now: datetime) -> set[int]:
    """Return the keys of those of ``candidates`` that may be changed at ``now``.

    One query for any number, and none when all are too old.
    """
    young = [comment.pk for comment in candidates if _is_in_time(comment, now)]
    return set(_unanswered(young).values_list("pk", flat=True)) if young else set()


def is_editable(comment: Comment, *, now: datetime) -> bool:
    """Return whether ``comment`` may be changed at ``now``."""
    return comment.pk in editable([comment], now=now)


@transaction.atomic
def edit(comment: Comment, *, text: str, now: datetime) -> Comment:
    """Replace the text of ``comment``, keep the old one, and return the comment afresh.

    What stands in the conversation passes the pipeline again, and waits for an editor
    when that has a doubt. The same text changes nothing. Replies and editors who
    decide meanwhile wait for this, or this for them.

    Raises `TooLate`, and `pipeline.Refused` for a text or a page that cannot be.
    """
    states.hold(comment)
    comment = Comment.objects.select_related("page", "user").get(pk=comment.pk)
    if comment.comment == text:
        return comment
    if not is_editable(comment, now=now):
        raise TooLate(comment.public_id)
    submission = Submission.of(comment, now=now, text=text)
    _admit(submission, comment)
    replace(comment, text=text, now=now)
    if comment.status != Status.UNCONFIRMED:  # else it is judged when it is confirmed
        _judge_again(comment, submission)
    return comment


def replace(comment: Comment, *, text: str, now: datetime, by_editor: bool = False) -> None:
    """Write another text down and keep the old one, in the caller's transaction.

    Nothing is judged here. The words that were sent first may be sent anew after this.
    """
    Revision.objects.create(comment=comment, text=comment.comment, replaced_at=now)
    _write(comment, text, edited_at=now, by_editor=by_editor)


def take_back(
    comment: Comment, before: Revision, *, edited_at: datetime | None, by_editor: bool
) -> None:
    """Write the text of ``before`` down again as if it had never been replaced.

    ``edited_at`` and ``by_editor`` are what the comment said with that text. In the
    caller's transaction.
    """
    _write(comment, before.text, edited_at=edited_at, by_editor=by_editor)
    before.delete()


def _write(comment: Comment, text: str, *, edited_at: datetime | None, by_editor: bool) -> None:
    columns = {
        "comment": text,
        "edited_at": edited_at,
        "edited_by_editor": by_editor,
        "submission_key": f"row:{comment.pk}",
        **comments.rendered(text),
    }
    Comment.objects.filter(pk=comment.pk).update(**columns)
    for name, value in columns.items():
        setattr(comment, name, value)


def _is_in_time(comment: Comment, now: datetime) -> bool:
    is_young = now < comment.submit_date + EDITABLE_FOR
    return comment.status in EDITABLE and is_young and not comment.edited_by_editor


def _unanswered(keys: list[int]) -> QuerySet[Comment]:
    """Return the comments of ``keys`` below which nothing stands, whatever its state."""
    end = Concat(OuterRef("path"), Value(PATH_END))
    below = Comment.objects.filter(path__gt=OuterRef("path"), path__lt=end).order_by()
    return Comment.objects.filter(~Exists(below), pk__in=keys).order_by()


def _admit(submission: Submission, comment: Comment) -> None:
    for gate in GATES:
        gate(submission)
    if comment.revisions.count() >= MOST_CHANGES:
        raise TooOften


def _judge_again(comment: Comment, submission: Submission) -> None:
    decision = pipeline.judge(submission)
    comment.evidence = mails.origin(comment) | decision.evidence
    Comment.objects.filter(pk=comment.pk).update(evidence=comment.evidence)
    if comment.status == Status.APPROVED and decision.verdict != Verdict.APPROVE:
        states.change(comment, to=Status.PENDING, now=submission.now)
