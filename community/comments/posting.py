"""From what a reader sends to a stored comment, and the mail that asks to confirm it."""

from enum import StrEnum

from django.db import IntegrityError, transaction
from wagtail.models import Page

from community.comments import comments, confirming, pipeline, states
from community.comments.models import Comment
from community.comments.pipeline import (
    Decision,
    ParentGone,
    Repeated,
    Submission,
    Verdict,
    editors,
    known,
)

Status = Comment.Status

IN_A_HURRY = 4  # seconds from opening the page to sending: something to know, and no verdict


class Answer(StrEnum):
    """What a writer is told. Says nothing about whether an address is known."""

    CONFIRM = "bevestigen"
    WAITS = "wacht"
    PLACED = "geplaatst"
    KNOWN = "bekend"


def post(submission: Submission, *, decision: Decision | None = None) -> Answer:
    """Store a comment and its mail in one transaction; say what happens next.

    With a ``decision`` that was taken elsewhere no judge is asked. The same words by
    the same writer at the same place are stored once: a further try gets the answer
    that fits what became of them, however many came before it, and no second mail.

    Raises `pipeline.Refused`; then nothing is stored.
    """
    if decision is None and _is_judged(submission):
        known.look_up(submission)
    try:
        pipeline.admit(submission)
        decision = decision or _decision(submission)
        status = status_for(decision)
        with transaction.atomic():
            comment = _store(submission, status=status, decision=decision)
            if status == Status.UNCONFIRMED:
                confirming.ask(comment, now=submission.now)
    except Repeated as repeated:
        status = repeated.status
        confirming.renew(submission.key, now=submission.now)
    except IntegrityError:  # someone sent the same at the same moment
        status = _stored_status(submission.key)
    return _ANSWERS[status] if submission.is_proven else Answer.CONFIRM


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


def _decision(submission: Submission) -> Decision | None:
    return pipeline.judge(submission) if _is_judged(submission) else None


def _is_judged(submission: Submission) -> bool:
    """Return whether judges are asked now; about others they are, when they are confirmed."""
    return submission.is_proven or submission.is_trapped


def _store(submission: Submission, *, status: Status, decision: Decision | None) -> Comment:
    if submission.parent is not None:
        _hold_thread(submission.parent)
    return comments.insert(
        page=submission.page,
        name=submission.name,
        email=submission.email,
        text=submission.text,
        status=status,
        submitted_at=submission.now,
        confirmed_at=submission.now if submission.is_proven else None,
        decided_at=submission.now if status == Status.APPROVED else None,
        parent=submission.parent,
        user=submission.user,
        language=submission.language,
        network_key=submission.network_key,
        evidence=_evidence(submission, decision),
        submission_key=submission.key,
        follow=submission.follow,
    )


def _evidence(submission: Submission, decision: Decision | None) -> dict:
    """Return what is kept for editors, and for a judge who is asked at the confirmation."""
    kept: dict = {}
    if submission.improves:
        kept["improves"] = submission.improves.public_id.hex
    if submission.seconds is not None and submission.seconds < IN_A_HURRY:
        kept["seconds"] = submission.seconds
    network_rules = editors.network_rules(submission)
    if network_rules:
        kept["network_rules"] = list(network_rules)
    return kept | (decision.evidence if decision else {})


def _stored_status(key: str) -> Status:
    return Status(Comment.objects.values_list("status", flat=True).get(submission_key=key))


def _hold_thread(parent: Comment) -> None:
    """Lock the thread's first row, and look once more whether ``parent`` can be answered."""
    if states.hold(parent) != Status.APPROVED:
        raise ParentGone


_STATUSES = {
    Verdict.APPROVE: Status.APPROVED,
    Verdict.HOLD: Status.PENDING,
    Verdict.SPAM: Status.SPAM,
}
# For writers whom we know; what they send into a trap waits, as far as they hear.
_ANSWERS = {
    Status.UNCONFIRMED: Answer.CONFIRM,
    Status.SPAM: Answer.WAITS,
    Status.PENDING: Answer.WAITS,
    Status.APPROVED: Answer.PLACED,
    Status.REJECTED: Answer.KNOWN,
    Status.REMOVED: Answer.KNOWN,
}
