from datetime import timedelta

import pytest
from django.utils import timezone

from config import lateness
from tests.factories import MessageFactory, SubscriptionFactory

pytestmark = pytest.mark.django_db


class TestOldestDueMail:
    def test_counts_from_the_moment_a_mail_could_have_left(self):
        now = timezone.now()
        for minutes in (5, 90, -60):
            MessageFactory(due_at=now - timedelta(minutes=minutes))

        assert lateness.oldest_due_mail(now) == 90 * 60


class TestOldestDueDigest:
    def test_counts_for_those_who_confirmed(self):
        now = timezone.now()
        SubscriptionFactory()
        for minutes in (5, 90, -60):
            due_at = now - timedelta(minutes=minutes)
            SubscriptionFactory(confirmed=True, next_digest_at=due_at)

        assert lateness.oldest_due_digest(now) == 90 * 60

    def test_is_nothing_when_none_is_due(self):
        assert lateness.oldest_due_digest(timezone.now()) == 0
