"""Mails at once to someone with an account, for that one's work here."""

from community.notifications import links, silences
from community.notifications.models import Kind
from mail import outbox
from mail.models import Message
from users.languages import language_of
from users.models import User


def wants(kind: Kind, user: User) -> bool:
    """Return whether ``user`` can be mailed, and has not switched ``kind`` off."""
    return user.is_active and bool(user.email) and not silences.has(kind, user=user)


def tell(kind: Kind, user: User, context: dict) -> Message:
    """Mail ``user``, in the own language and in the caller's transaction; ask `wants` first."""
    language = language_of(user)
    stop = links.switch_off(silences.wish(kind, user=user), language)
    return outbox.enqueue(
        kind=f"notifications.{kind}",
        to=user.email,
        language=language,
        template=f"notifications/mail/{kind}",
        context={**context, "own_link": stop},
        headers=links.headers(stop),
    )
