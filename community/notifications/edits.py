"""Mails to a writer about what an editor changed in the text."""

from community.comments import own
from community.comments.models import Comment
from community.notifications import writers
from community.notifications.models import Kind
from mail.models import Message


def tell_edited(comment: Comment, *, before: str, note: str) -> Message | None:
    """Mail the writer both texts, why, and how to object, in the caller's transaction."""
    context = {
        "note": note,
        "before": before,
        "after": comment.comment,
        "object": own.link(comment, "object"),
    }
    return writers.tell(comment, "edited", context)


def tell_restored(comment: Comment, *, answer: str) -> Message | None:
    """Mail the writer that the own text is back after an objection, in the caller's transaction."""
    context = {"answer": answer, "text": comment.comment}
    return writers.tell(comment, "restored", context, kind=Kind.OUTCOME)
