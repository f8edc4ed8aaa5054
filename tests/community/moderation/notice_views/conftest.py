"""What is noticed, and with what."""

import pytest
from django.test import Client

from community.comments.models import Comment
from tests import factories
from tests.community.moderation.notice_views.sending import SAME_ORIGIN


@pytest.fixture
def browser() -> Client:
    """A browser that is refused wherever a CSRF token is asked for."""
    return Client(enforce_csrf_checks=True, headers=SAME_ORIGIN)


@pytest.fixture
def comment() -> Comment:
    return factories.comment(name="Noor", text="Woorden van Noor")
