"""A writer takes a comment back, and with it what the writer told editors about it."""

from datetime import datetime

from django.db import transaction

from community.comments import deleting
from community.comments.models import Comment
from community.moderation import closing, objections
from community.moderation.models import Note
from community.notifications import recalling
from community.notifications.models import Follow


@transaction.atomic
def withdraw(comment: Comment, *, now: datetime) -> bool:
    """Delete ``comment`` for its writer; return whether this call did it.

    Mails about it that have not left are dropped, those that have are forgotten, and
    nobody is mailed about answers to it any more. Readers who noticed it hear that it
    is gone. What editors noted about it goes as well, for it may quote. The log keeps
    what they decided about it, when, and why.
    """
    is_first = deleting.delete(comment, now=now)
    if is_first:
        recalling.forget_about(comment)
        Follow.objects.filter(comment_id=comment.pk).delete()
        objections.forget(comment)
        closing.withdraw(comment, now=now)
        Note.objects.filter(comment_id=comment.pk).delete()
    return is_first
