from datetime import timedelta

import pytest
from django.utils import timezone

from community.digests import holds
from community.digests.models import Delivery
from config import lateness
from tests.factories import MessageFactory, SubscriptionFactory, UserFactory

LATER = timedelta(days=7)

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

    def test_counts_what_was_claimed_and_is_not_written(self):
        now = timezone.now()
        SubscriptionFactory(confirmed=True, next_digest_at=now - timedelta(minutes=5))
        for minutes, written_at in ((120, now), (90, None), (30, None)):
            until = now - timedelta(minutes=minutes)
            Delivery.objects.create(
                subscription=SubscriptionFactory(confirmed=True, next_digest_at=now + LATER),
                since=until - LATER,
                until=until,
                written_at=written_at,
            )

        assert lateness.oldest_due_digest(now) == 90 * 60

    def test_is_nothing_while_an_editor_holds_the_digests(self):
        now = timezone.now()
        SubscriptionFactory(confirmed=True, next_digest_at=now - timedelta(minutes=90))
        holds.hold(by=UserFactory(digests=True), now=now)

        assert lateness.oldest_due_digest(now) == 0

    def test_counts_from_the_release_of_what_was_held(self):
        now = timezone.now()
        editor = UserFactory(digests=True)
        SubscriptionFactory(confirmed=True, next_digest_at=now - timedelta(minutes=90))
        holds.hold(by=editor, now=now - timedelta(minutes=80))
        holds.release(by=editor, now=now - timedelta(minutes=3))

        assert lateness.oldest_due_digest(now) == 3 * 60

    def test_is_nothing_when_none_is_due(self):
        assert lateness.oldest_due_digest(timezone.now()) == 0
