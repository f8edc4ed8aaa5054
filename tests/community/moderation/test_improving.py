import pytest
from django.test import Client
from django.utils import timezone

from community.comments import own
from community.comments.models import Comment
from community.moderation import decisions
from mail.models import Message
from tests import factories

Status = Comment.Status


@pytest.fixture
def refused(site) -> Comment:
    comment = factories.comment(status="pending", name="Noor", text="Mijn eerste woorden")
    moderator = factories.UserFactory(moderator=True)
    decisions.reject(comment, by=moderator, reason="off_topic", explanation="Te ver weg.")
    return comment


class TestTheLinkInTheMail:
    def test_leads_to_the_form_with_the_own_words(self, refused, client):
        link = own.link(refused, "again")

        assert link in Message.objects.get().text
        assert link in Message.objects.get().html.replace("&amp;", "&")
        response = client.get(own.address(refused, "again"))
        page = response.content.decode()
        assert response.status_code == 200
        assert "no-store" in response["Cache-Control"]
        assert "Mijn eerste woorden" in page
        assert 'value="Noor"' in page
        assert "Te ver weg." in page

    def test_shows_no_address(self, refused, client):
        page = client.get(own.address(refused, "again")).content.decode()

        assert refused.user_email not in page

    def test_leads_to_a_comment_of_its_own(self, refused):
        browser = Client(headers={"Sec-Fetch-Site": "same-origin"})
        who = {"name": "Noor", "email": refused.user_email}

        browser.post(f"/reacties/{refused.page_id}/", {**who, "comment": "Betere woorden"})

        assert set(Comment.objects.values_list("comment", "status")) == {
            ("Mijn eerste woorden", Status.REJECTED),
            ("Betere woorden", Status.UNCONFIRMED),
        }

    def test_keeps_the_place_of_an_answer(self, refused, client):
        parent = factories.comment(refused.page.specific)
        answer = factories.comment(refused.page.specific, parent=parent, status="rejected")

        page = client.get(own.address(answer, "again")).content.decode()

        assert f'value="{parent.public_id}"' in page

    def test_lets_the_place_go_when_that_cannot_be_read(self, refused, client):
        parent = factories.comment(refused.page.specific, status="removed")
        answer = factories.comment(refused.page.specific, parent=parent, status="rejected")

        page = client.get(own.address(answer, "again")).content.decode()

        assert str(parent.public_id) not in page

    def test_is_for_the_writer(self, refused, client):
        address = own.address(refused, "again").split("?")[0]

        assert client.get(address).status_code == 404


class TestWhereNothingCanBeSent:
    @pytest.mark.parametrize("status", ["pending", "approved", "deleted_by_author"])
    def test_the_link_leads_to_how_the_comment_stands(self, site, client, status):
        comment = factories.comment(status=status)

        response = client.get(own.address(comment, "again"))

        assert response.status_code == 303
        assert "/stand/" in response.url

    @pytest.mark.parametrize("changes", [{"live": False}, {"comments_mode": "closed"}])
    def test_neither_on_a_page_that_takes_none(self, refused, client, changes):
        page = refused.page.specific
        type(page).objects.filter(pk=page.pk).update(**changes)

        response = client.get(own.address(refused, "again"))

        assert response.status_code == 303
        assert "/opnieuw/" not in client.get(response.url).content.decode()

    def test_the_state_offers_it_only_for_a_refusal(self, refused, client):
        placed = factories.comment(at=timezone.now())

        assert "/opnieuw/" in client.get(own.address(refused)).content.decode()
        assert "/opnieuw/" not in client.get(own.address(placed)).content.decode()
