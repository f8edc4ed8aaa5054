import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from mail.models import Message, MonthlyCount
from tests.factories import MessageFactory, UserFactory

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


class TestTheOutboxInTheAdmin:
    def test_shows_where_each_mail_stands_and_not_what_it_says(self, admin):
        message = MessageFactory(subject="Bevestig", text="geheime link", html="<p>geheim</p>")

        listing = admin.get("/admin/post/").content.decode()
        page = admin.get(f"/admin/post/inspect/{message.pk}/").content.decode()

        assert message.to in listing
        assert "Bevestig" in page
        assert "geheim" not in listing + page

    @pytest.mark.parametrize("action", ["new/", "edit/{pk}/", "delete/{pk}/"])
    def test_changes_nothing_even_for_an_administrator(self, admin, action):
        message = MessageFactory()

        response = admin.post(f"/admin/post/{action.format(pk=message.pk)}")

        assert response.status_code in (302, 403)
        assert list(Message.objects.values_list("pk", "state")) == [(message.pk, "queued")]

    def test_is_closed_to_who_may_not_see_addresses(self):
        message = MessageFactory()
        user = UserFactory()
        user.user_permissions.set(Permission.objects.filter(codename="access_admin"))
        client = Client()
        client.force_login(user)

        response = client.get("/admin/post/", follow=True)

        assert message.to not in response.content.decode()
