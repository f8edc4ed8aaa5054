"""Who wrote a comment, and whether that address may be mailed."""

from datetime import datetime

from community.comments import mails, own
from community.comments.models import Comment
from community.notifications import naming
from mail import outbox
from mail.models import Message


def tell(
    comment: Comment,
    name: str,
    context: dict,
    *,
    language: str = "",
    due_at: datetime | None = None,
) -> Message | None:
    """Mail the writer of ``comment``, in the caller's transaction; nobody if nobody is proven.

    ``name`` is the mail's folder. Each of these mails has a link to manage the comment.
    """
    address = address_of(comment)
    if not address:
        return None
    everywhere = {
        "comment": comment,
        "page": naming.for_writer(comment),
        "manage": own.link(comment),
    }
    return outbox.enqueue(
        kind=f"notifications.{name}",
        to=address,
        language=language or comment.language,
        template=f"notifications/mail/{name}",
        context={**everywhere, **context},
        due_at=due_at,
        about=mails.about(comment),
    )


def address_of(comment: Comment) -> str:
    """Return where the writer of ``comment`` is mailed; empty when no address is proven."""
    address = comment.user.email if comment.user else comment.user_email
    return address if mails.is_proven(comment) else ""
