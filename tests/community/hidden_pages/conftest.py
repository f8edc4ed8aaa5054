"""A page of which every word is a canary, and who asks for it."""

import pytest
from django.test import Client

from community.comments.models import Comment
from tests import factories
from tests.community.hidden_pages.hiding import (
    INTRODUCTION,
    SAME_ORIGIN,
    TEXT,
    TITLE,
    WORDS,
    WRITER,
)


@pytest.fixture
def post(site):
    """A page with a conversation, of which every word is a canary."""
    post = factories.BlogPageFactory(
        title=TITLE,
        slug="een-bericht",
        introduction=INTRODUCTION,
        body=[("text", f"<p>{TEXT}</p>")],
    )
    root = factories.comment(post, name=WRITER, text=WORDS)
    for status in ("approved", "pending", "rejected", "spam", "removed"):
        factories.comment(post, parent=root, status=status, name=WRITER, text=WORDS)
    return post


@pytest.fixture
def comment(post) -> Comment:
    return Comment.objects.on(post).first()


@pytest.fixture
def stranger() -> Client:
    return Client(headers=SAME_ORIGIN)
