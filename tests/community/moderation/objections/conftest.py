"""What was refused, and by whom."""

import pytest

from community.comments.models import Comment
from community.moderation import decisions
from mail.models import Message
from tests import factories


@pytest.fixture
def refused(moderator) -> Comment:
    comment = factories.comment(status="pending", email="noor@example.org", text="Mijn woorden")
    decisions.reject(comment, by=moderator, reason="off_topic", explanation="Dit gaat over iets.")
    Message.objects.all().delete()
    return comment
