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


@pytest.fixture
def known(db):
    """A member of whom an editor knows the organisation."""
    return factories.AuthorFactory(user=factories.UserFactory()).user
