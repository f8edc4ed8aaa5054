"""A browser, and a mail program."""

import pytest
from django.test import Client

from tests.community.subscriptions.views.asking import SAME_ORIGIN


@pytest.fixture
def browser() -> Client:
    """A browser that is refused wherever a CSRF token is asked for."""
    return Client(enforce_csrf_checks=True, headers=SAME_ORIGIN)
