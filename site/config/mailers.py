"""Mail settings under the names that this Django knows: ``MAILERS`` since 6.1."""

from typing import Any

import django

_FORMER = {
    "host": "EMAIL_HOST",
    "port": "EMAIL_PORT",
    "username": "EMAIL_HOST_USER",
    "password": "EMAIL_HOST_PASSWORD",
    "use_tls": "EMAIL_USE_TLS",
    "use_ssl": "EMAIL_USE_SSL",
    "timeout": "EMAIL_TIMEOUT",
}
SMTP = "django.core.mail.backends.smtp.EmailBackend"
OUTBOX = "mail.backends.OutboxBackend"
TIMEOUT = 10  # seconds; a silent mail server must not hold a worker


def mail_through(backend: str = SMTP, **options: Any) -> dict[str, Any]:
    """Return the settings that make ``backend`` the way out, with SMTP's ``options``.

    Only the outbox uses that way; what packages send by themselves goes into the outbox.
    """
    options = {"timeout": TIMEOUT} | options
    if django.VERSION >= (6, 1):
        server = {"BACKEND": backend, "OPTIONS": options}
        return {"MAILERS": {"default": {"BACKEND": OUTBOX}, "server": server}}
    names = {_FORMER[name]: options[name] for name in options}
    return {"EMAIL_BACKEND": OUTBOX, "MAIL_SERVER_BACKEND": backend} | names
