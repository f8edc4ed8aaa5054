from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.utils import timezone

from tests.factories import MessageFactory, SubscriptionFactory, UserFactory

pytestmark = pytest.mark.django_db


def front_page(*rights: str) -> str:
    user = UserFactory()
    user.user_permissions.set(Permission.objects.filter(codename__in=["access_admin", *rights]))
    client = Client()
    client.force_login(user)
    return client.get("/admin/").content.decode()


class TestTheAdminsFrontPage:
    def test_warns_of_mail_and_digests_that_are_late(self, home):
        MessageFactory(due_at=timezone.now() - timedelta(hours=3, minutes=1))
        due_at = timezone.now() - timedelta(hours=2, minutes=1)
        SubscriptionFactory(confirmed=True, next_digest_at=due_at)

        page = front_page("view_message")

        assert "Er wacht mail, al meer dan 3 uur." in page
        assert "Overzichten zijn meer dan 2 uur te laat." in page
        assert "/admin/post/" in page

    def test_is_silent_when_all_is_in_time(self, home):
        MessageFactory(due_at=timezone.now() - timedelta(minutes=50))

        assert "Er wacht mail" not in front_page("view_message")

    def test_is_silent_to_who_has_no_say_in_mail(self, home):
        MessageFactory(due_at=timezone.now() - timedelta(hours=3))

        assert "Er wacht mail" not in front_page()
