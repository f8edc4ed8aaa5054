"""The language in which someone with an account is mailed."""

from django.conf import settings

from users.models import User


def language_of(user: User) -> str:
    """Return the language that ``user`` reads the admin in, as far as the site speaks it."""
    profile = getattr(user, "wagtail_userprofile", None)
    wished = (profile.preferred_language if profile else "").split("-")[0]
    return wished if wished in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
