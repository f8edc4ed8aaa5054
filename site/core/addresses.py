"""Whole addresses, for mails and feeds."""

from django.conf import settings


def absolute(path: str) -> str:
    """Return ``path`` with this site's scheme and host, from ``BASE_URL``."""
    return path if path.startswith(("http://", "https://")) else settings.BASE_URL + path
