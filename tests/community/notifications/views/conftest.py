"""Who follows, and with what."""

import pytest
from django.test import Client

from tests import factories
from tests.community.notifications.views.following import SAME_ORIGIN


@pytest.fixture
def post(db):
    return factories.BlogPageFactory(title="Een winter lang snuffelen")


@pytest.fixture
def browser() -> Client:
    """A browser that is refused wherever a CSRF token is asked for."""
    return Client(enforce_csrf_checks=True, headers=SAME_ORIGIN)
