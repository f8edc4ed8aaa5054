"""A comment that somebody noticed, and who decides about it."""

import pytest

from community.comments.models import Comment
from community.moderation.models import Notice
from mail.models import Message
from tests import factories
from tests.community.moderation.cases.deciding import WRITER


@pytest.fixture
def comment(db) -> Comment:
    return factories.comment(email=WRITER, text="Mijn woorden")


@pytest.fixture
def notice(comment) -> Notice:
    """Sam's notice, whose receipt has left."""
    sent = factories.notice(
        comment, name="Sam de Wit", email="sam@example.org", explanation="Laster over mij"
    )
    Message.objects.all().delete()
    return sent
