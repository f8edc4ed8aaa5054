"""Who may moderate: whom one can hand a comment to, mention, and mail."""

import re

from django.contrib.auth import get_user_model
from django.db.models import QuerySet

from community.moderation.decisions import MODERATE
from users.models import User

# A user name after an @ that does not belong to an address; its last sign ends no sentence.
_MENTION = re.compile(r"(?<![\w@.+-])@([\w.@+-]*\w)")


def everyone() -> QuerySet[User]:
    """Return who may moderate and can log in, by user name; one query."""
    may = get_user_model().objects.with_perm(MODERATE)
    return may.select_related("wagtail_userprofile").order_by("username")


def of(editor: User) -> QuerySet[User]:
    """Return who may moderate beside ``editor``."""
    return everyone().exclude(pk=editor.pk)


def mentioned_in(text: str) -> list[User]:
    """Return who may moderate and is named as ``@username`` in ``text``; at most one query."""
    names = {name.lower() for name in _MENTION.findall(text)}
    return [user for user in everyone() if user.get_username().lower() in names] if names else []
