"""Comments that are young enough to be changed, and ways to change them."""

from django.utils import timezone

from community.comments.models import Comment
from tests import factories


def young(page, **kwargs) -> Comment:
    """Store a comment that was written just now."""
    return factories.comment(page, at=timezone.now(), **kwargs)
