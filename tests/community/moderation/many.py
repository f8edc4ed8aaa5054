"""Many comments at once, and how an editor sees them."""

from django.utils import timezone

from community.comments.models import Comment
from community.moderation import bulk
from community.moderation.bulk import Outcome
from community.moderation.sightings import Seen
from tests import factories


def waiting(number: int, **kwargs) -> list[Comment]:
    page = factories.BlogPageFactory()
    return [factories.comment(page, status="pending", **kwargs) for _ in range(number)]


def seen(comments) -> list[Seen]:
    return [Seen.of(comment) for comment in comments]


def approve(comments, by) -> Outcome:
    return bulk.approve(seen(comments), by=by, now=timezone.now())
