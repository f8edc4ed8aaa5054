"""Writing into the log of what was done; nothing in it is ever changed."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from community.comments.models import Comment
from community.moderation.models import Act, Reason
from users.models import User

Kind, Initiative = Act.Kind, Act.Initiative

# Phases of the pipeline in which software had an opinion about this very text or writer;
# that somebody is new here, or that everything waits, holds for everyone alike.
OPINIONS = {"trap", "repeat", "links", "block_rules", "spam_score", "history"}


def write(
    *,
    kind: str,
    by: User | None,
    comment: Comment | None = None,
    from_status: str = "",
    to_status: str = "",
    reason: Reason | None = None,
    explanation: str = "",
    note: str = "",
    initiative: str = Initiative.EDITOR,
    was_held: bool = False,
    undoes: Act | None = None,
    mails: list[int] | None = None,
    at: datetime | None = None,
) -> Act:
    """Add one line to the log, in the caller's transaction, and return it; see `line`."""
    act = line(
        kind=kind,
        by=by,
        comment=comment,
        from_status=from_status,
        to_status=to_status,
        reason=reason,
        explanation=explanation,
        note=note,
        initiative=initiative,
        was_held=was_held,
        undoes=undoes,
        mails=mails,
        at=at,
    )
    act.save(force_insert=True)
    return act


def line(
    *,
    kind: str,
    by: User | None,
    comment: Comment | None = None,
    at: datetime | None = None,
    mails: list[int] | None = None,
    was_held: bool = False,
    **columns: Any,
) -> Act:
    """Return a line for the log, not yet written.

    ``by`` is ``None`` when the software did it, and ``was_held`` tells that it had held
    the comment until an editor looked. Page and comment are written down by name as
    well, so that the line can be read when they are gone.
    """
    return Act(
        kind=kind,
        comment=comment,
        public_id=comment.public_id if comment else None,
        page_title=comment.page.title if comment else "",
        moderator=by,
        was_flagged=was_held or (comment is not None and was_flagged(comment)),
        mails=mails or [],
        at=at or timezone.now(),
        **columns,
    )


def was_flagged(comment: Comment) -> bool:
    """Return whether software had a doubt about ``comment``, and so took part in what follows."""
    return comment.evidence.get("phase") in OPINIONS or bool(comment.evidence.get("trapped"))
