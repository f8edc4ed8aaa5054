import pytest
from django.test import Client

from community.subscriptions.models import Agreement, Subscription
from tests.factories import AgreementFactory, SubscriptionFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin() -> Client:
    client = Client()
    client.force_login(UserFactory(is_superuser=True))
    return client


class TestSubscriptionsInTheAdmin:
    def test_can_be_looked_up_with_the_consent_that_was_given(self, admin):
        subscription = SubscriptionFactory(email="zoekmij@example.org", consent_text="Ja graag.")
        other = SubscriptionFactory()

        listing = admin.get("/admin/abonnementen/", {"q": "zoekmij"}).content.decode()
        page = admin.get(f"/admin/abonnementen/inspect/{subscription.pk}/").content.decode()

        assert subscription.email in listing
        assert other.email not in listing
        assert "Ja graag." in page

    def test_end_when_asked_and_keep_the_proof(self, admin):
        subscription = SubscriptionFactory(confirmed=True)
        path = f"/admin/abonnementen/delete/{subscription.pk}/"
        assert path in admin.get("/admin/abonnementen/").content.decode()

        question = admin.get(path)
        assert Subscription.objects.get().state == "confirmed"
        assert subscription.email in question.content.decode()
        admin.post(path)

        assert Subscription.objects.get().state == "ended"
        assert path not in admin.get("/admin/abonnementen/").content.decode()

    @pytest.mark.parametrize("action", ["new/", "edit/{pk}/"])
    def test_are_not_added_or_changed(self, admin, action):
        subscription = SubscriptionFactory()

        admin.post(
            f"/admin/abonnementen/{action.format(pk=subscription.pk)}", {"state": "confirmed"}
        )

        assert Subscription.objects.get().state == "pending"

    def test_are_closed_to_members(self):
        client = Client()
        client.force_login(UserFactory())

        assert client.get("/admin/abonnementen/").status_code == 302


class TestAgreementsInTheAdmin:
    def test_prove_what_was_agreed_each_time(self, admin):
        subscription = SubscriptionFactory(email="zoekmij@example.org", confirmed=True)
        AgreementFactory(subscription=subscription, consent_text="Ja, opnieuw.")
        other = AgreementFactory()

        listing = admin.get("/admin/toestemmingen/", {"q": "zoekmij"}).content.decode()
        first, second = subscription.agreements.order_by("pk")
        pages = [
            admin.get(f"/admin/toestemmingen/inspect/{each.pk}/").content.decode()
            for each in (first, second)
        ]

        assert listing.count("zoekmij@example.org") >= 2
        assert other.subscription.email not in listing
        assert "Ja, stuur mij het overzicht." in pages[0]
        assert "Ja, opnieuw." in pages[1]

    @pytest.mark.parametrize("action", ["new/", "edit/{pk}/", "delete/{pk}/"])
    def test_are_not_added_changed_or_taken_away(self, admin, action):
        agreement = AgreementFactory()
        before = list(Agreement.objects.order_by("pk").values())

        admin.post(f"/admin/toestemmingen/{action.format(pk=agreement.pk)}", {"language": "en"})

        assert list(Agreement.objects.order_by("pk").values()) == before

    def test_cost_as_many_queries_for_ten_as_for_one(self, admin, count_queries):
        AgreementFactory()
        one = count_queries(lambda: admin.get("/admin/toestemmingen/"))
        AgreementFactory.create_batch(10)

        assert count_queries(lambda: admin.get("/admin/toestemmingen/")) == one
