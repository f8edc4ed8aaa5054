"""The reasons to refuse, as editors keep them."""

from community.moderation.models import Reason
from community.moderation.models.reasons import ADVERTISING, SPAM

__all__ = ["ADVERTISING", "CHILD_ABUSE", "SPAM", "find", "in_use"]

CHILD_ABUSE = "child_abuse"  # whoever notices this need not say who they are


def in_use() -> list[Reason]:
    """Return the reasons that editors can choose from, in their order; one query."""
    return list(Reason.objects.filter(is_used=True))


def find(code: str) -> Reason | None:
    """Return the reason with ``code``, in use or not."""
    return Reason.objects.filter(code=code).first()
