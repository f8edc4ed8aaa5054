"""What a reader agrees to when subscribing, word for word.

The text that was shown is stored with the subscription: consent must be
provable (GDPR, article 7.1; Telecommunicatiewet, article 11.7).
"""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext

VERSION = "2026-11"  # raise it with every change of the text


@dataclass(frozen=True)
class Consent:
    """The text that was agreed to, its version, and the path of the page it stood on."""

    text: str
    version: str
    page: str


def text() -> str:
    """Return the text beside the box, in the language of the page."""
    return gettext(
        "Yes, send me the digest of new posts and comments on %(site)s by email. "
        "I can stop at any time, with one click in every digest."
    ) % {"site": settings.WAGTAIL_SITE_NAME}


def given_on(page: str) -> Consent:
    """Return the consent that was given on ``page`` in the language of now."""
    return Consent(text=text(), version=VERSION, page=page)
