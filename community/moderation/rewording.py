"""A writer changes a comment, and followers do not get what waits for an editor."""

from datetime import datetime

from django.db import transaction

from community.comments import editing
from community.comments.models import Comment
from community.notifications import announcing


@transaction.atomic
def reword(comment: Comment, *, text: str, now: datetime) -> Comment:
    """Replace the text of ``comment`` for its writer, and return the comment afresh.

    When an editor has to read it, mails about it that have not left are dropped.

    Raises what `editing.edit` raises.
    """
    changed = editing.edit(comment, text=text, now=now)
    if changed.status != Comment.Status.APPROVED:
        announcing.withdraw(changed)
    return changed
