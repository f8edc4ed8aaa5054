"""Who wrote a comment, and whether that address may be mailed."""

from datetime import datetime

from community.comments import mails, own
from community.comments.models import Comment
from community.notifications import links, naming, silences
from community.notifications.models import Kind
from mail import outbox
from mail.models import Message


def tell(
    comment: Comment,
    name: str,
    context: dict,
    *,
    kind: Kind | None = Kind.DECISION,
    language: str = "",
    due_at: datetime | None = None,
) -> Message | None:
    """Mail the writer of ``comment``, in the caller's transaction; nobody if nobody is proven.

    ``name`` is the mail's folder. Each of these mails has a link to manage the comment,
    and one that ends mails of its ``kind``; ``None`` is a receipt, which always comes.
    """
    address = address_of(comment)
    if not address or (kind and is_silent(comment, kind)):
        return None
    language = language or comment.language
    stop = stop_link(comment, kind, language) if kind else ""
    everywhere = {
        "comment": comment,
        "page": naming.for_writer(comment),
        "manage": own.link(comment),
        "own_link": stop,
    }
    return outbox.enqueue(
        kind=f"notifications.{name}",
        to=address,
        language=language,
        template=f"notifications/mail/{name}",
        context={**everywhere, **context},
        headers=links.headers(stop) if stop else {},
        due_at=due_at,
        about=mails.about(comment),
    )


def address_of(comment: Comment) -> str:
    """Return where the writer of ``comment`` is mailed; empty when no address is proven."""
    address = comment.user.email if comment.user else comment.user_email
    return address if mails.is_proven(comment) else ""


def is_silent(comment: Comment, kind: Kind) -> bool:
    """Return whether the writer of ``comment`` has switched ``kind`` off."""
    known = getattr(comment, silences.SIGN, None) if kind == Kind.DECISION else None
    if known is not None:
        return known
    return silences.has(kind, user=comment.user, address=comment.user_email)


def stop_link(comment: Comment, kind: Kind, language: str) -> str:
    """Return the address at which the writer of ``comment`` switches ``kind`` off."""
    wish = silences.wish(kind, user=comment.user, address=comment.user_email)
    return links.switch_off(wish, language)
