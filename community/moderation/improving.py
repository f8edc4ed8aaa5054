"""A refused writer improves the text and sends it in again, as a comment of its own."""

from wagtail.models import Page

from community.comments import pages
from community.comments.models import Comment
from community.moderation.decisions import REFUSED


def is_possible(comment: Comment, page: Page) -> bool:
    """Return whether ``comment`` was refused and its specific ``page`` takes another."""
    return comment.status in REFUSED and pages.takes_comments(page)


def draft(comment: Comment) -> dict[str, str]:
    """Return what the form begins with: name and words as they were, at the same place.

    Not the address: a link from a mail may be in other hands than the mailbox.
    """
    return {"name": comment.user_name, "comment": comment.comment, "reply_to": _answers(comment)}


def _answers(comment: Comment) -> str:
    """Return the public id of what ``comment`` answered, if that can still be answered."""
    if not comment.parent_path:
        return ""
    answered = Comment.objects.filter(path=comment.parent_path).first()
    return str(answered.public_id) if answered and answered.may_be_answered else ""
