"""A post, and the way out for its mails."""

import pytest

from tests import factories


@pytest.fixture
def post(db):
    return factories.BlogPageFactory(title="Een winter lang snuffelen")
