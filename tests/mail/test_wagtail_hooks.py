import pytest
from django.test import Client

from mail.models import MonthlyCount
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin() -> Client:
    client = Client()
    client.force_login(UserFactory(is_superuser=True))
    return client


class TestTheNumbersInTheAdmin:
    def test_show_what_stays_of_old_mails(self, admin):
        MonthlyCount.objects.create(
            month="2026-03-01", kind="digests.digest", state="sent", count=73
        )

        listing = admin.get("/admin/post-per-maand/").content.decode()

        assert "digests.digest" in listing
        assert "73" in listing

    def test_cost_as_many_queries_for_ten_as_for_one(self, admin, count_queries):
        def add(number: int) -> None:
            for each in range(number):
                kind = f"tests.{each}-{number}"
                MonthlyCount.objects.create(month="2026-03-01", kind=kind, state="sent")

        add(1)
        one = count_queries(lambda: admin.get("/admin/post-per-maand/"))
        add(10)

        assert count_queries(lambda: admin.get("/admin/post-per-maand/")) == one
