"""Mails to a writer who objects."""

from community.comments import mails as about
from community.comments.models import Comment
from community.notifications import writers
from community.notifications.models import Kind
from mail.models import Message


def tell_received(comment: Comment, *, language: str) -> Message | None:
    """Mail the writer that an editor will look again, in the caller's transaction."""
    return writers.tell(comment, "objection_received", {}, kind=None, language=language)


def tell_denied(comment: Comment, *, answer: str, language: str) -> Message | None:
    """Mail the writer that what was done stands, and why, in the caller's transaction."""
    context = {
        "answer": answer,
        "text": comment.comment,
        "rules": about.house_rules(language),
        "is_refused": comment.status not in {Comment.Status.PENDING, Comment.Status.APPROVED},
    }
    return writers.tell(comment, "objection_denied", context, kind=Kind.OUTCOME, language=language)
