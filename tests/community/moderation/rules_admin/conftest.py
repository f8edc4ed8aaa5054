import pytest
from django.test import Client

from tests import factories


@pytest.fixture
def editor(db):
    return factories.UserFactory(moderator=True)


@pytest.fixture
def desk(client, editor) -> Client:
    client.force_login(editor)
    return client
