import json

import pytest
from django.urls import reverse
from django.utils import timezone

from community.comments import appreciating
from community.comments.models import Device
from community.moderation import cases
from tests import factories

pytestmark = pytest.mark.both

EXPORT = reverse("members:export")


def export(client, member) -> dict:
    client.force_login(member)
    return json.loads(client.get(EXPORT).content)


class TestTheExport:
    def test_holds_the_profile(self, member, client):
        profile = export(client, member)["profile"]

        assert (profile["name"], profile["email"]) == ("Sam de Wit", "sam@example.org")

    def test_holds_own_comments_with_texts_and_states(self, member, client):
        factories.comment(user=member, text="Van mij", status="pending")
        factories.comment(email="Sam@example.org", text="Ook van mij")
        factories.comment(text="Van een ander")

        comments = export(client, member)["comments"]

        found = {(comment["text"], comment["status"]) for comment in comments}
        assert found == {("Van mij", "pending"), ("Ook van mij", "approved")}

    def test_holds_appreciation_and_subscriptions(self, member, client):
        comment = factories.comment()
        appreciating.give(comment, user=member, device=None)
        device = Device.objects.create(token_hash="x", email=member.email)
        appreciating.give(factories.comment(), user=None, device=device)
        factories.SubscriptionFactory(email=member.email, confirmed=True)

        data = export(client, member)

        assert str(comment.public_id) in data["appreciation"][0]["comment"]
        assert len(data["appreciation"]) == 2
        [subscription] = data["subscriptions"]
        assert subscription["consent_text"] == "Ja, stuur mij het overzicht."
        assert [choice["name"] for choice in subscription["choices"]] == ["Alles wat nieuw is"]
        assert len(subscription["agreements"]) == 1

    def test_holds_nothing_of_an_address_that_is_not_proven(self, member, client):
        from allauth.account.models import EmailAddress

        factories.comment(email=member.email, text="Van de echte Sam")
        factories.SubscriptionFactory(email=member.email, confirmed=True)
        EmailAddress.objects.create(user=member, email=member.email, verified=False)

        data = export(client, member)

        assert data["comments"] == data["subscriptions"] == []

    def test_holds_what_was_noticed_with_what_was_decided(self, member, client):
        moderator = factories.UserFactory(moderator=True)
        notice = factories.notice(user=member, explanation="Dit kan niet")
        cases.keep(notice.case, by=moderator, answer="Mag wel.", now=timezone.now())
        factories.notice(email="Sam@example.org", explanation="Zonder account")
        factories.notice(explanation="Van een ander")

        kept, open_one = export(client, member)["notices"]

        assert (kept["explanation"], kept["answer"]) == ("Dit kan niet", "Mag wel.")
        assert str(notice.case.comment.public_id) in kept["comment"]
        assert (open_one["explanation"], open_one["outcome"]) == ("Zonder account", "")

    def test_costs_as_many_queries_for_ten_notices_as_for_one(self, member, client, count_queries):
        client.force_login(member)
        factories.notice(user=member)
        one = count_queries(lambda: client.get(EXPORT))
        for _ in range(9):
            factories.notice(user=member)

        assert count_queries(lambda: client.get(EXPORT)) == one

    def test_is_a_file_that_is_never_stored(self, member, client):
        client.force_login(member)

        response = client.get(EXPORT)

        assert response["Content-Disposition"].startswith("attachment")
        assert "no-store" in response["Cache-Control"]

    def test_is_for_the_member_alone(self, client, db):
        assert client.get(EXPORT).url.startswith(reverse("members:login"))

    def test_costs_as_many_queries_for_ten_comments_as_for_one(self, member, client, count_queries):
        client.force_login(member)
        factories.comment(user=member)
        one = count_queries(lambda: client.get(EXPORT))
        for _ in range(9):
            factories.comment(user=member)

        assert count_queries(lambda: client.get(EXPORT)) == one
