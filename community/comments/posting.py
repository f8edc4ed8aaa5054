"""From what a reader sends to a stored comment, and the mail that asks to confirm it."""

from enum import StrEnum

from django.db import IntegrityError, transaction
from wagtail.models import Page

from community.comments import comments, confirming, pipeline, states
from community.comments.models import Comment
from community.comments.pipeline import Decision, ParentGone, Submission, Verdict

Status = Comment.Status


class Answer(StrEnum):
    """What a writer is told. Says nothing about whether an address is known."""

    CONFIRM = "bevestigen"
    WAITS = "wacht"
    PLACED = "geplaatst"


def post(submission: Submission, *, is_proven: bool, decision: Decision | None = None) -> Answer:
    """Store a comment and its mail in one transaction; say what happens next.

    ``is_proven`` tells that its writer is a member or uses a remembered device.
    With a ``decision`` that was taken elsewhere no judge is asked.
    The same words by the same writer at the same place are stored once: every
    further try gets the same answer and no second mail.

    Raises `pipeline.Refused`; then nothing is stored.
    """
    key = _key(submission)
    pipeline.admit(submission)
    decision = decision or _decision(submission, is_proven=is_proven)
    status = status_for(decision)
    try:
        with transaction.atomic():
            comment = _store(submission, status=status, decision=decision, key=key)
            if status == Status.UNCONFIRMED:
                confirming.ask(comment, now=submission.now)
    except IntegrityError:  # someone sent the same at the same moment
        if not Comment.objects.filter(submission_key=key).exists():
            raise
    return _ANSWERS[status]


def status_for(decision: Decision | None) -> Status:
    """Return the status that ``decision`` leads to; without one the writer must confirm first."""
    if decision is None:
        return Status.UNCONFIRMED
    return _STATUSES[decision.verdict]


def find_parent(page: Page, public_id: str | None) -> Comment | None:
    """Return the comment that is answered, or ``None`` for a comment of its own.

    Raises `ParentGone` unless it can be read on ``page``.
    """
    if not public_id:
        return None
    parent = Comment.objects.on(page).visible().filter(public_id=public_id).first()
    if parent is None:
        raise ParentGone
    return parent


def _decision(submission: Submission, *, is_proven: bool) -> Decision | None:
    if is_proven or submission.is_trapped:
        return pipeline.judge(submission)
    return None


def _store(
    submission: Submission, *, status: Status, decision: Decision | None, key: str
) -> Comment:
    if submission.parent is not None:
        _hold_thread(submission.parent)
    is_confirmed = status not in {Status.UNCONFIRMED, Status.SPAM}
    return comments.insert(
        page=submission.page,
        name=submission.name,
        email=submission.email,
        text=submission.text,
        status=status,
        submitted_at=submission.now,
        confirmed_at=submission.now if is_confirmed else None,
        decided_at=submission.now if status == Status.APPROVED else None,
        parent=submission.parent,
        user=submission.user,
        language=submission.language,
        network_key=submission.network_key,
        evidence=decision.evidence if decision else {},
        submission_key=key,
        follow=submission.follow,
    )


def _hold_thread(parent: Comment) -> None:
    """Lock the thread's first row, and look once more whether ``parent`` can be answered."""
    if states.hold(parent) != Status.APPROVED:
        raise ParentGone


def _key(submission: Submission) -> str:
    return comments.submission_key(
        page=submission.page,
        writer=submission.writer_key,
        parent=submission.parent,
        comment_text=submission.text,
    )


_STATUSES = {
    Verdict.APPROVE: Status.APPROVED,
    Verdict.HOLD: Status.PENDING,
    Verdict.SPAM: Status.SPAM,
}
# A trapped form gets the answer of an ordinary one.
_ANSWERS = {
    Status.SPAM: Answer.CONFIRM,
    Status.UNCONFIRMED: Answer.CONFIRM,
    Status.PENDING: Answer.WAITS,
    Status.APPROVED: Answer.PLACED,
}
