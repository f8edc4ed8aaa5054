"""Mails to a writer about what an editor decided."""

from dataclasses import dataclass

from community.comments.models import Comment
from community.notifications import writers
from core.addresses import absolute


@dataclass(frozen=True)
class Refusal:
    """Why a comment cannot be read: a reason in the writer's language, and a word of the editor."""

    reason: str
    explanation: str = ""
    was_placed: bool = False


def tell_approved(comment: Comment) -> None:
    """Mail the writer where ``comment`` now stands, in the caller's transaction."""
    writers.tell(comment, "approved", {"link": absolute(comment.get_absolute_url())})


def tell_refused(comment: Comment, refusal: Refusal) -> None:
    """Mail the writer what was decided and why, with the own text back."""
    writers.tell(comment, "refused", {"refusal": refusal, "text": comment.comment})
