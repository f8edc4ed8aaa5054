"""The reasons to refuse, as editors keep them."""

from django.core.cache import cache

from community.moderation.models import Reason
from community.moderation.models.reasons import ADVERTISING, SPAM

__all__ = ["ADVERTISING", "CHILD_ABUSE", "SPAM", "find", "in_use"]

CHILD_ABUSE = "child_abuse"  # whoever notices this need not say who they are
KEPT_FOR = 30  # seconds, in each process
_KEY = "moderation.reasons.in_use"


def in_use() -> list[Reason]:
    """Return the reasons that editors can choose from, in their order.

    At most `KEPT_FOR` old; one query when it is older.
    """
    found = cache.get(_KEY)
    if found is None:
        found = list(Reason.objects.filter(is_used=True))
        cache.set(_KEY, found, KEPT_FOR)
    return found


def find(code: str) -> Reason | None:
    """Return the reason with ``code``, in use or not."""
    return Reason.objects.filter(code=code).first()
