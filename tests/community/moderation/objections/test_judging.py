"""An editor who judges an objection."""

import pytest
from django.urls import reverse
from django.utils import timezone

from community.comments import own
from community.comments.models import Comment
from community.moderation import decisions, objections, overtaking, undoing
from community.moderation.models import Objection
from mail.models import Message
from tests import factories
from tests.community.moderation.objections.objecting import object_to, send

Status = Comment.Status


class TestTheDesk:
    @pytest.fixture
    def desk(self, client, moderator):
        client.force_login(moderator)
        return client

    def test_shows_open_objections_with_reason_and_words(self, desk, refused):
        object_to(refused, "Dat klopt niet")
        factories.comment(status="rejected", text="Zonder bezwaar")

        page = desk.get("/admin/reacties/?staat=bezwaren").content.decode()

        assert "Mijn woorden" in page
        assert "Dat klopt niet" in page
        assert "niet over dit onderwerp" in page
        assert "Zonder bezwaar" not in page

    def test_offers_no_form_to_the_editor_who_refused(self, desk, refused):
        objection = object_to(refused)
        address = reverse("moderation:judge", args=[objection.pk])
        alone = desk.get("/admin/reacties/?staat=bezwaren").content.decode()
        other = factories.UserFactory(moderator=True)

        first = desk.get("/admin/reacties/?staat=bezwaren").content.decode()
        desk.force_login(other)
        second = desk.get("/admin/reacties/?staat=bezwaren").content.decode()

        assert [address in page for page in (alone, first, second)] == [True, False, True]
        assert ["nam je zelf" in page for page in (alone, first, second)] == [False, True, False]

    def test_says_when_no_objection_waits(self, desk, home):
        page = desk.get("/admin/reacties/?staat=bezwaren").content.decode()

        assert "Er wacht geen bezwaar" in page

    def test_places_a_comment_and_stays_in_its_list(self, desk, refused):
        object_to(refused)
        address = reverse("moderation:decide", args=[refused.public_id])

        response = desk.post(
            address, {"act": "approve", "status": "rejected", "lijst": "staat=bezwaren"}
        )

        assert response.url == "/admin/reacties/?staat=bezwaren"
        assert Comment.objects.get(pk=refused.pk).status == Status.APPROVED
        assert not objections.opened().exists()

    def test_of_ten_objections_costs_as_many_queries_as_of_one(
        self, desk, refused, moderator, count_queries
    ):
        object_to(refused)
        factories.UserFactory(moderator=True)
        one = count_queries(lambda: desk.get("/admin/reacties/?staat=bezwaren"))
        for _ in range(9):
            other = factories.comment(refused.page.specific, status="pending")
            decisions.reject(other, by=moderator, reason="other")
            object_to(other)

        ten = count_queries(lambda: desk.get("/admin/reacties/?staat=bezwaren"))

        assert ten == one


class TestJudging:
    def test_is_for_another_editor_than_the_one_who_refused(self, refused, moderator):
        objection = object_to(refused)
        factories.UserFactory(moderator=True)

        with pytest.raises(objections.AnotherEditor):
            objections.deny(objection, by=moderator, now=timezone.now(), answer="Nee.")

        assert Objection.objects.get().closed_at is None

    def test_falls_to_the_same_editor_when_there_is_no_other(self, refused, moderator):
        objection = object_to(refused)

        objections.deny(objection, by=moderator, now=timezone.now(), answer="Nee.")

        assert Objection.objects.get().outcome == Objection.Outcome.DENIED

    def test_that_denies_tells_the_writer_why(self, refused):
        objection = object_to(refused)
        Message.objects.all().delete()

        other = factories.UserFactory(moderator=True)
        objections.deny(objection, by=other, now=timezone.now(), answer="Het ging over voetbal.")

        message = Message.objects.get()
        assert message.kind == "notifications.objection_denied"
        assert "Het ging over voetbal." in message.text
        assert Comment.objects.get().status == Status.REJECTED

    def test_that_grants_places_the_comment(self, refused):
        objection = object_to(refused)
        Message.objects.all().delete()

        other = factories.UserFactory(moderator=True)
        act = objections.grant(objection, by=other, now=timezone.now())

        assert Comment.objects.get().status == Status.APPROVED
        assert Message.objects.get().kind == "notifications.approved"
        assert act.initiative == "objection"
        assert Objection.objects.get().outcome == Objection.Outcome.GRANTED

    def test_happens_once(self, refused):
        objection = object_to(refused)
        other = factories.UserFactory(moderator=True)
        objections.grant(objection, by=other, now=timezone.now())

        with pytest.raises(overtaking.AlreadyHandled):
            objections.deny(objection, by=other, now=timezone.now(), answer="Toch niet.")

        assert Comment.objects.get().status == Status.APPROVED

    @pytest.mark.parametrize(
        ("judge", "answer", "said"),
        [
            (objections.grant, "You are right.", "It has been placed after all"),
            (objections.grant, "You are right.", "You are right."),
            (objections.deny, "It was football.", "The house rules say what more you can do"),
            (objections.deny, "It was football.", "/en/huisregels/"),
        ],
    )
    def test_answers_in_the_language_of_the_objection(self, refused, judge, answer, said):
        objection = object_to(refused, language="en")
        Message.objects.all().delete()

        judge(
            objection, by=factories.UserFactory(moderator=True), now=timezone.now(), answer=answer
        )

        message = Message.objects.get()
        assert message.language == "en"
        assert said in message.text
        assert said in message.html


class TestADeniedObjection:
    @pytest.fixture
    def denied(self, refused) -> Comment:
        other = factories.UserFactory(moderator=True)
        objections.deny(object_to(refused), by=other, now=timezone.now(), answer="Te <b>ver</b>.")
        return refused

    def test_is_the_last_to_that_refusal(self, denied, client):
        with pytest.raises(objections.NothingToObjectTo):
            object_to(denied, "Nog een keer")

        response = send(client, denied, "Nog een keer")
        assert response.status_code == 303
        assert Objection.objects.count() == 1

    def test_stands_on_the_page_of_the_writer_with_its_answer(self, denied, client):
        page = client.get(own.address(denied)).content.decode()

        assert "Te &lt;b&gt;ver&lt;/b&gt;." in page
        assert "/huisregels/" in page
        assert "/bezwaar/" not in page

    def test_is_not_the_last_to_a_later_refusal(self, denied, moderator, client):
        decisions.approve(denied, by=moderator)
        decisions.reject(denied, by=moderator, reason="hate")

        assert objections.denied_about(denied) is None
        assert "/bezwaar/" in client.get(own.address(denied)).content.decode()
        assert object_to(denied, "Dit is iets anders").text == "Dit is iets anders"

    def test_is_the_last_to_a_refusal_after_which_an_approval_was_undone(self, denied, moderator):
        denied.refresh_from_db()
        undoing.undo(decisions.approve(denied, by=moderator), by=moderator, now=timezone.now())

        assert not objections.may_object(Comment.objects.get())

    def test_is_the_last_to_what_software_took_for_spam(self, moderator):
        comment = factories.comment(status="spam", decided_at=None)
        objections.deny(object_to(comment), by=moderator, now=timezone.now(), answer="Nee.")

        assert not objections.may_object(comment)
