"""Mails to a writer who objects."""

from community.comments.models import Comment
from community.notifications import writers


def tell_received(comment: Comment, *, language: str) -> None:
    """Mail the writer that an editor will look again, in the caller's transaction."""
    writers.tell(comment, "objection_received", {}, language=language)
