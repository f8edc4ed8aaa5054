"""What a mail provider tells about mails that it took: bounces and complaints."""

from django.core.exceptions import ImproperlyConfigured

from config import env

SECRET = "MAIL_WEBHOOK_SECRET"  # noqa: S105
SHORTEST = 20  # characters


def webhook() -> dict[str, str]:
    """Return the settings of django-anymail for ``MAIL_WEBHOOK_SECRET``; none when it is not set.

    Raises `ImproperlyConfigured` for one that is odd, and without the package.
    """
    secret = env.text(SECRET, default="")
    if not secret:
        return {}
    name, colon, password = secret.partition(":")
    if not (name and colon) or len(password) < SHORTEST:
        raise ImproperlyConfigured(
            f"{SECRET} is not like name:password, with a password of {SHORTEST} characters or more."
        )
    env.require(SECRET, package="anymail", extra="provider")
    return {"WEBHOOK_SECRET": secret}
