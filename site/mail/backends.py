"""The way for mail that a package sends by itself: into the outbox, like all other mail."""

from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import get_language, gettext

from mail.addresses import one_line
from mail.models import Message

KIND = "packages.notice"


class OutboxBackend(BaseEmailBackend):
    """Write one row for each recipient; a worker delivers it.

    Wagtail tells editors about work that waits for them with Django's own
    functions, in the request of whoever made that work. No request here talks to
    a mail server.
    """

    @transaction.atomic
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Return how many of ``email_messages`` were written down: all of them."""
        Message.objects.bulk_create(
            _row(message, address) for message in email_messages for address in message.recipients()
        )
        return len(email_messages)


def _row(message: EmailMessage, address: str) -> Message:
    language = get_language()
    known = {code for code, _name in settings.LANGUAGES}
    return Message(
        kind=KIND,
        to=one_line(address),
        language=language if language in known else settings.LANGUAGE_CODE,
        subject=one_line(str(message.subject))[: Message._meta.get_field("subject").max_length],
        own_text=f"{_storable(message.body)}\n\n-- \n{_why()}\n",
        own_html=_html(message),
        due_at=timezone.now(),
    )


def _html(message: EmailMessage) -> str:
    alternatives = message.alternatives if isinstance(message, EmailMultiAlternatives) else []
    found = [_storable(content) for content, kind, *_ in alternatives if kind == "text/html"]
    if not found:
        return ""
    words, end, rest = found[0].partition("</body>")
    return f"{words}<p>{escape(_why())}</p>{end}{rest}"


def _why() -> str:
    return gettext("You get this mail because you have an account at %(site_name)s.") % {
        "site_name": settings.WAGTAIL_SITE_NAME
    }


def _storable(content: object) -> str:
    return str(content).replace("\x00", "")
