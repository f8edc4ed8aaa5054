"""From a row of the outbox to a mail."""

import re
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
    return urlsplit(settings.BASE_URL).hostname or "localhost"


def message_id(message: Message) -> str:
    """Return the Message-ID: the same each time the message is sent.

    A receiver, and we, then recognise a mail that was sent twice because its
    sender died before it could write down that it was sent.
    """
    return f"<{message.key}@{host()}>"


def compose(message: Message) -> EmailMultiAlternatives:
    """Return the mail of ``message``: plain text, and HTML where there is some."""
    mail = EmailMultiAlternatives(
        subject=message.subject,
        body=message.text,
        to=[message.to],
        headers={**OWN_HEADERS, **message.headers, "Message-ID": message_id(message)},
    )
    if message.html:
        mail.attach_alternative(message.html, "text/html")
    return mail
