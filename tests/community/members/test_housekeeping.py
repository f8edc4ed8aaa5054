from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.utils import timezone

from community.members import housekeeping, tasks
from tests import factories
from users.models import User


@pytest.fixture
def signed_up(db) -> User:
    """Someone who signed up eight days ago and never filled in the code."""
    user = factories.UserFactory(date_joined=timezone.now() - timedelta(days=8))
    EmailAddress.objects.create(user=user, email=user.email, primary=True)
    return user


def purge():
    return housekeeping.purge_unproven(now=timezone.now())


class TestPurging:
    def test_deletes_an_account_that_nobody_confirmed(self, signed_up):
        assert purge() == 1
        assert not User.objects.exists()

    def test_keeps_one_of_this_week(self, signed_up):
        User.objects.update(date_joined=timezone.now() - timedelta(days=6))

        assert purge() == 0

    def test_keeps_a_proven_one(self, signed_up):
        EmailAddress.objects.update(verified=True)

        assert purge() == 0

    def test_keeps_one_that_was_used(self, signed_up):
        User.objects.update(last_login=timezone.now())

        assert purge() == 0

    def test_keeps_one_that_an_administrator_made(self, db):
        factories.UserFactory(date_joined=timezone.now() - timedelta(days=800))

        assert purge() == 0

    def test_deletes_sessions_that_have_ended(self, db):
        for days in (-1, 1):
            Session.objects.create(
                session_key=f"x{days}", expire_date=timezone.now() + timedelta(days=days)
            )

        tasks.purge()

        assert [session.session_key for session in Session.objects.all()] == ["x1"]
