"""What most tests about comments begin with."""

import pytest

from tests import factories


@pytest.fixture
def post(db):
    return factories.BlogPageFactory()
