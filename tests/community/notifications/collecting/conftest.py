"""A conversation that is followed, and who decides about it."""

import pytest

from tests import factories
from tests.factories import FollowFactory, UserFactory


@pytest.fixture
def post(db):
    return factories.BlogPageFactory(title="Een winter lang snuffelen")


@pytest.fixture
def follow(post):
    return FollowFactory(page=post)


@pytest.fixture
def editor(db):
    return UserFactory(moderator=True)
