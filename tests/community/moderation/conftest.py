"""Who decides, and at which desk."""

import pytest

from tests import factories


@pytest.fixture
def moderator(db):
    return factories.UserFactory(moderator=True)


@pytest.fixture
def desk(client, moderator):
    client.force_login(moderator)
    return client
