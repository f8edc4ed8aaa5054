"""Who decides."""

import pytest

from tests import factories


@pytest.fixture
def editor(db):
    return factories.UserFactory(moderator=True)
