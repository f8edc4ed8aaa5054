"""A reader with a subscription."""

import pytest
from django.test import Client
from django.utils import timezone

from community.subscriptions.models import Subscription
from tests.community.subscriptions.preferences.saving import DAY, SAME_ORIGIN
from tests.factories import SubscriptionFactory


@pytest.fixture
def browser() -> Client:
    return Client(enforce_csrf_checks=True, headers=SAME_ORIGIN)


@pytest.fixture
def subscription() -> Subscription:
    return SubscriptionFactory(confirmed=True, next_digest_at=timezone.now() + 9 * DAY)
