"""The way to the mail server, under the name that this Django gives it."""

from django.conf import settings
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend


def connection() -> BaseEmailBackend:
    """Return a connection, not yet open, as the settings describe it."""
    if hasattr(mail, "mailers"):  # Django 6.1; there `get_connection` is deprecated
        known = getattr(settings, "MAILERS", {})
        return mail.mailers["server" if "server" in known else "default"]
    return mail.get_connection(getattr(settings, "MAIL_SERVER_BACKEND", None))
