"""A writer who objects, by the form and eight times at once."""

import pytest
from django.utils import timezone

from community.comments import own
from community.moderation import decisions, objections, withdrawing
from community.moderation.models import Objection
from mail.models import Message
from tests import factories
from tests.community.moderation.objections.objecting import object_to, send
from tests.races import together


class TestAnObjection:
    def test_is_kept_and_answered_with_a_receipt(self, refused):
        object_to(refused, "Het gaat wel over sensoren")

        assert Objection.objects.get().text == "Het gaat wel over sensoren"
        message = Message.objects.get()
        assert (message.kind, message.to) == (
            "notifications.objection_received",
            "noor@example.org",
        )
        for words in (message.text, message.html):
            assert "Een redacteur kijkt er opnieuw naar" in words
            assert f"/reacties/{refused.public_id}/stand/?sleutel=" in words
            assert "sensoren" not in words

    def test_comes_in_the_language_of_the_one_who_objects(self, refused):
        object_to(refused, language="en")

        assert Message.objects.get().language == "en"

    def test_twice_is_kept_once_and_answered_once(self, refused):
        first, second = object_to(refused, "Eerst"), object_to(refused, "Later")

        assert first == second == Objection.objects.get()
        assert Objection.objects.get().text == "Eerst"
        assert Message.objects.count() == 1

    @pytest.mark.parametrize("status", ["unconfirmed", "pending", "approved", "deleted_by_author"])
    def test_needs_a_refusal(self, db, status):
        comment = factories.comment(status=status)

        with pytest.raises(objections.NothingToObjectTo):
            object_to(comment)

        assert not Objection.objects.exists()

    @pytest.mark.parametrize("status", ["rejected", "spam", "removed"])
    def test_can_be_to_any_way_of_refusing(self, db, status):
        comment = factories.comment(status=status)

        assert object_to(comment) == objections.open_about(comment)

    def test_is_closed_when_an_editor_places_the_comment(self, refused, moderator):
        object_to(refused)

        decisions.approve(refused, by=moderator)

        assert Objection.objects.get().closed_at is not None
        assert not objections.opened().exists()
        assert Message.objects.filter(kind="notifications.approved").exists()

    def test_goes_when_the_writer_deletes_the_comment(self, refused):
        object_to(refused, "Geheim")

        withdrawing.withdraw(refused, now=timezone.now())

        assert not Objection.objects.exists()
        assert refused.acts.exists()


class TestTheForm:
    def test_shows_the_reason_the_explanation_and_the_own_text(self, refused, client):
        page = client.get(own.address(refused).replace("stand", "bezwaar")).content.decode()

        assert "niet over dit onderwerp" in page
        assert "Dit gaat over iets." in page
        assert "Mijn woorden" in page

    def test_leads_to_a_page_that_says_what_happens_now(self, refused, client):
        response = send(client, refused, "Dat klopt niet")

        assert response.status_code == 200
        assert "Een redacteur kijkt opnieuw naar je reactie" in response.content.decode()
        assert not response.cookies

    @pytest.mark.parametrize("text", ["", "   \n", "\x00", "x" * 2001])
    def test_of_a_text_that_cannot_be_is_shown_again_with_it(self, refused, client, text):
        response = send(client, refused, text)

        assert response.status_code == 422
        assert text.strip("\x00 \n")[:100] in response.content.decode()
        assert not Objection.objects.exists()

    def test_of_a_comment_that_was_placed_meanwhile_leads_to_its_state(
        self, refused, client, moderator
    ):
        decisions.approve(refused, by=moderator)

        response = send(client, refused, "Dat klopt niet")

        assert response.status_code == 303
        assert client.get(response.url).status_code == 200
        assert not Objection.objects.exists()

    def test_does_not_run_what_writers_write(self, refused, client):
        client.force_login(factories.UserFactory(moderator=True))
        send(client, refused, "<script>alert(1)</script>")

        page = client.get("/admin/reacties/?staat=bezwaren").content.decode()

        assert "<script>alert" not in page
        assert "&lt;script&gt;alert" in page


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
class TestEightAtOnce:
    def test_are_one_objection_and_one_receipt(self):
        comment = factories.comment(status="rejected")

        results = together(8, object_to, comment)

        assert {type(each) for each in results} == {Objection}
        assert Objection.objects.count() == Message.objects.count() == 1
