"""Many comments at once, and how an editor sees them."""

from community.comments.models import Comment
from community.moderation.bulk import Seen
from tests import factories


def waiting(number: int, **kwargs) -> list[Comment]:
    page = factories.BlogPageFactory()
    return [factories.comment(page, status="pending", **kwargs) for _ in range(number)]


def seen(comments) -> list[Seen]:
    return [Seen.of(comment) for comment in comments]
