"""Who wrote a comment, and whether that address may be mailed."""

from community.comments import mails, own
from community.comments.models import Comment
from mail import outbox


def tell(comment: Comment, name: str, context: dict, *, language: str = "") -> None:
    """Mail the writer of ``comment``, in the caller's transaction; nobody if nobody is proven.

    ``name`` is the mail's folder. Each of these mails has a link to manage the comment.
    """
    address = comment.user.email if comment.user else comment.user_email
    if not address or not mails.is_proven(comment):
        return
    everywhere = {"comment": comment, "page": comment.page, "manage": own.link(comment)}
    outbox.enqueue(
        kind=f"notifications.{name}",
        to=address,
        language=language or comment.language,
        template=f"notifications/mail/{name}",
        context={**everywhere, **context},
        about=mails.about(comment),
    )
