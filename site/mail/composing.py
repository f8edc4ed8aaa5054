"""From a row of the outbox to a mail."""

import re
from functools import lru_cache
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from mail.models import Message

# RFC 3834: no holiday replies to what a machine sent. The second is Exchange's own.
OWN_HEADERS = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}
# A `message_id` of ours in other words: its key and its host.
MESSAGE_KEY = re.compile(
    r"\b([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@([\w.-]+)", re.IGNORECASE
)


def host() -> str:
    """Return this site's host name, for headers that name the sender."""
    return _host(settings.BASE_URL)


@lru_cache(maxsize=8)
def _host(address: str) -> str:
    return urlsplit(address).hostname or "localhost"


def message_id(message: Message) -> str:
    """Return the Message-ID: the same each time the message is sent.

    A receiver, and we, then recognise a mail that was sent twice because its
    sender died before it could write down that it was sent.
    """
    return f"<{message.key}@{host()}>"


def headers(message: Message) -> dict[str, str]:
    """Return the headers that ``message`` gets besides those that every mail has.

    A mail that its reader can stop belongs to a list: it says to which (RFC 2919), and
    asks by the old name too for no replies from machines (RFC 3834, 2). Others, such as
    a link that somebody asked for, belong to none. `List-Unsubscribe-Post` (RFC 8058) is
    for whoever enqueues: only they know whether one POST to the link does it.
    """
    own = {"Message-ID": message_id(message)}
    if "List-Unsubscribe" not in message.headers:
        return {**OWN_HEADERS, **message.headers, **own}
    room = message.kind.partition(".")[0]
    of_a_list = {"List-Id": f"<{room}.{host()}>", "Precedence": "bulk"}
    return {**OWN_HEADERS, **of_a_list, **message.headers, **own}


def compose(message: Message) -> EmailMultiAlternatives:
    """Return the mail of ``message``: plain text, and HTML where there is some."""
    mail = EmailMultiAlternatives(
        subject=message.subject,
        body=message.text,
        to=[message.to],
        headers=headers(message),
    )
    if message.html:
        mail.attach_alternative(message.html, "text/html")
    return mail
