import datetime as dt
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from community.comments.models import Comment, SpamModel
from community.moderation import decisions
from community.moderation.models import Act
from tests import factories

pytestmark = pytest.mark.both

Status = Comment.Status


@pytest.fixture
def desk(client, db):
    client.force_login(factories.UserFactory(moderator=True))
    return client


def decide(client, comment, **data):
    address = reverse("moderation:decide", args=[comment.public_id])
    return client.post(address, {"status": comment.status, **data}, follow=True)


class TestTheDesk:
    def test_says_when_nothing_waits(self, desk):
        assert desk.get(reverse("moderation:desk")).status_code == 200

    def test_stands_at_its_address(self):
        assert reverse("moderation:desk") == "/admin/reacties/"

    def test_shows_what_waits_oldest_first_with_its_context(self, desk):
        parent = factories.comment(text="Waar gaat dit over?")
        first = factories.comment(
            parent.page.specific, parent=parent, status="pending", text="Eerste woorden"
        )
        second = factories.comment(parent.page.specific, status="pending", text="Tweede woorden")
        Comment.objects.filter(pk=second.pk).update(confirmed_at=first.confirmed_at)

        page = desk.get(reverse("moderation:desk")).content.decode()

        assert page.index("Eerste woorden") < page.index("Tweede woorden")
        assert "Waar gaat dit over?" in page
        assert parent.page.title in page

    def test_says_that_an_old_comment_waits_since_it_was_held(self, desk):
        month = timezone.now() - dt.timedelta(days=30)
        late = factories.comment(at=month, status="pending", text="Al een maand")
        held = factories.comment(late.page.specific, at=month, text="Net gemeld")
        decisions.hold(held, by=None)

        page = " ".join(desk.get(reverse("moderation:desk")).content.decode().split())

        assert page.count("te lang") == page.count("wacht 4 weken, 2 dagen") == 1
        assert "wacht 0 minuten" in page

    def test_says_what_the_spam_filter_has_learned(self, desk):
        address = f"{reverse('moderation:desk')}?staat=spam"
        assert "heeft nog niets geleerd" in desk.get(address).content.decode()

        SpamModel.objects.create(
            trained_at=timezone.now(),
            source=SpamModel.Source.DECISIONS,
            ham=40,
            spam=30,
            threshold=0.9,
            weights=b"",
        )

        assert "40 goede reacties, 30 spam" in desk.get(address).content.decode()

    def test_leads_to_more_of_the_same_network_than_it_shows(self, desk):
        page = factories.BlogPageFactory()
        for number in range(5):
            now = timezone.now()
            factories.comment(
                page, status="pending", text=f"Buur {number}", network_key="n" * 32, at=now
            )

        shown = desk.get(reverse("moderation:desk")).content.decode()

        assert shown.count("meer ervan in het dossier") == 5

    @pytest.mark.parametrize("tab", [*Status.values, "", "onbekend", "\x00", "' or 1=1"])
    def test_answers_any_tab_and_any_page(self, desk, tab):
        factories.comment(status="spam")

        for number in ["", "0", "-1", "999", "x"]:
            response = desk.get(reverse("moderation:desk"), {"staat": tab, "p": number})
            assert response.status_code == 200

    def test_of_ten_costs_as_many_queries_as_of_one(self, desk, django_assert_num_queries):
        page = factories.BlogPageFactory()
        factories.comment(page, status="pending")
        desk.get(reverse("moderation:desk"))
        with CaptureQueriesContext(connection) as one:
            desk.get(reverse("moderation:desk"))
        for _ in range(9):
            factories.comment(page, status="pending", parent=factories.comment(page))

        with django_assert_num_queries(len(one) + 1):  # the comments that they answer
            desk.get(reverse("moderation:desk"))

    def test_does_not_run_what_readers_write(self, desk):
        factories.comment(status="pending", name="<b>x</b>", text="<script>alert(1)</script>")

        page = desk.get(reverse("moderation:desk")).content.decode()

        assert "<script>alert" not in page
        assert "<b>x</b>" not in page


class TestDeciding:
    def test_asks_for_the_token_that_its_own_forms_carry(self, db):
        client = Client(enforce_csrf_checks=True)
        client.force_login(factories.UserFactory(moderator=True))
        comment = factories.comment(status="pending")
        page = client.get(reverse("moderation:desk")).content.decode()
        token = re.search('csrfmiddlewaretoken" value="([^"]+)"', page)[1]

        decide(client, comment, act="approve")
        assert Comment.objects.get().status == Status.PENDING
        decide(client, comment, act="approve", csrfmiddlewaretoken=token)
        assert Comment.objects.get().status == Status.APPROVED

    def test_approves_and_goes_on_with_the_same_tab(self, desk):
        comment = factories.comment(status="pending")

        response = decide(desk, comment, act="approve")

        assert response.redirect_chain == [("/admin/reacties/?staat=pending", 302)]
        assert Comment.objects.get().status == Status.APPROVED

    def test_refuses_with_a_reason(self, desk):
        comment = factories.comment(status="pending")

        decide(desk, comment, act="reject", reason="offensive", explanation="Zo praten we niet.")

        assert Act.objects.get().explanation == "Zo praten we niet."

    def test_without_a_reason_shows_the_form_again_with_the_explanation(self, desk):
        comment = factories.comment(status="pending")

        response = decide(desk, comment, act="reject", explanation="Bewaar deze uitleg")

        assert response.status_code == 422
        assert "Bewaar deze uitleg" in response.content.decode()
        assert Comment.objects.get().status == Status.PENDING

    def test_after_someone_else_says_who_that_was(self, desk):
        comment = factories.comment(status="pending")
        decide(desk, comment, act="approve")

        response = decide(desk, comment, act="spam")

        assert Comment.objects.get().status == Status.APPROVED
        assert "Lidewij" in response.content.decode()

    @pytest.mark.parametrize(
        "data", [{}, {"act": "delete"}, {"act": "approve", "status": "onzin"}, {"act": "\x00"}]
    )
    def test_ignores_what_it_does_not_know(self, desk, data):
        comment = factories.comment(status="pending")

        response = desk.post(reverse("moderation:decide", args=[comment.public_id]), data)

        assert response.status_code == 422
        assert Comment.objects.get().status == Status.PENDING

    def test_by_get_changes_nothing(self, desk):
        comment = factories.comment(status="pending")

        response = desk.get(reverse("moderation:decide", args=[comment.public_id]))

        assert response.status_code == 200  # the dossier stands at the same address
        assert Comment.objects.get().status == Status.PENDING
        assert not Act.objects.exists()


class TestWhoMayCome:
    def test_a_stranger_is_sent_to_the_login(self, client, db):
        response = client.get("/admin/reacties/")

        assert response.status_code == 302
        assert "/admin/login/" in response.url

    def test_a_member_is_kept_out(self, client, db):
        comment = factories.comment(status="pending")
        client.force_login(factories.UserFactory())

        assert client.get("/admin/reacties/").status_code in {302, 403}
        decide(client, comment, act="approve")
        assert Comment.objects.get().status == Status.PENDING
