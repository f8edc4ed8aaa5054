"""A comment, and the editors who work on it."""

import pytest

from tests import factories


@pytest.fixture
def editor(db):
    return factories.UserFactory(moderator=True, username="ed")


@pytest.fixture
def colleague(db):
    return factories.UserFactory(moderator=True, username="collega", first_name="Carola")


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


@pytest.fixture
def comment(db):
    return factories.comment(status="pending", text="Wat de lezer schreef")
