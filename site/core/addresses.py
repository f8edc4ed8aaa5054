"""Whole addresses, for mails and feeds."""

from django.conf import settings

from core import navigation


def absolute(path: str) -> str:
    """Return ``path`` with this site's scheme and host, from ``BASE_URL``."""
    return path if path.startswith(("http://", "https://")) else settings.BASE_URL + path


def home() -> str:
    """Return the home page in the language of now, or else in Dutch."""
    return absolute(navigation.home_url())
