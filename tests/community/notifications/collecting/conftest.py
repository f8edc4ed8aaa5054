"""A conversation that is followed."""

import pytest

from tests import factories
from tests.factories import FollowFactory


@pytest.fixture
def post(db):
    return factories.BlogPageFactory(title="Een winter lang snuffelen")


@pytest.fixture
def follow(post):
    return FollowFactory(page=post)
