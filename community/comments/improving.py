"""A writer whose comment was refused improves it, and sends it again."""

import uuid

from wagtail.models import Page

from community.comments import own, pages
from community.comments.models import Comment
from mail.addresses import normalise

Status = Comment.Status

FIELD = "verbetert"  # in the form: the public id of what was refused
IMPROVABLE = {Status.REJECTED, Status.SPAM, Status.REMOVED}


def is_possible(comment: Comment, page: Page | None) -> bool:
    """Return whether ``comment`` was refused and the specific ``page`` takes it improved."""
    return page is not None and comment.status in IMPROVABLE and pages.takes_comments(page)


def refused(public_id: str, *, on: Page, key: str, email: str) -> Comment | None:
    """Return the refused comment on a page that ``key`` opens, if ``email`` is its writer's.

    The key was mailed to that address, so nobody need confirm the improved comment.
    ``None`` for anything else, however odd.
    """
    try:
        wanted = uuid.UUID(public_id)
    except ValueError:
        return None
    if len(key) > own.KEY_LENGTH or not own.opens(key, wanted):
        return None
    here = Comment.objects.on(on).filter(public_id=wanted, status__in=IMPROVABLE)
    comment = here.first()
    is_own = comment is not None and normalise(comment.user_email) == normalise(email)
    return comment if is_own else None


def draft(comment: Comment) -> dict[str, str]:
    """Return what the form begins with: the own text, at the own place while that is there."""
    answered = Comment.objects.visible().filter(path=comment.parent_path).first()
    return {
        "name": comment.user_name,
        "email": comment.user_email,
        "comment": comment.comment,
        "reply_to": str(answered.public_id) if answered else "",
        own.FIELD: own.key(comment),
        FIELD: comment.public_id.hex,
    }
