import pytest
from django.urls import reverse
from django.utils import timezone

from community.comments import own
from community.comments.models import Comment
from community.moderation import decisions, objections, withdrawing
from community.moderation.models import Objection
from mail.models import Message
from tests import factories
from tests.races import together

Status = Comment.Status
SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def moderator(db):
    return factories.UserFactory(moderator=True)


@pytest.fixture
def refused(moderator) -> Comment:
    comment = factories.comment(status="pending", email="noor@example.org", text="Mijn woorden")
    decisions.reject(comment, by=moderator, reason="off_topic", explanation="Dit gaat over iets.")
    Message.objects.all().delete()
    return comment


def object_to(comment, text="Dat klopt niet", **kwargs) -> Objection:
    kwargs = {"language": "nl", "now": timezone.now(), **kwargs}
    return objections.object_to(comment, text=text, **kwargs)


def send(client, comment, text, **extra):
    address = reverse("own:object", args=[comment.public_id])
    data = {"objection": text, "sleutel": own.key(comment), **extra}
    return client.post(address, data, headers=SAME_ORIGIN)


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

    def test_of_ten_objections_costs_as_many_queries_as_of_one(self, desk, refused, count_queries):
        object_to(refused)
        one = count_queries(lambda: desk.get("/admin/reacties/?staat=bezwaren"))
        for _ in range(9):
            object_to(factories.comment(refused.page.specific, status="rejected"))

        ten = count_queries(lambda: desk.get("/admin/reacties/?staat=bezwaren"))

        assert ten == one


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
class TestEightAtOnce:
    def test_are_one_objection_and_one_receipt(self):
        comment = factories.comment(status="rejected")

        results = together(8, object_to, comment)

        assert {type(each) for each in results} == {Objection}
        assert Objection.objects.count() == Message.objects.count() == 1


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

        with pytest.raises(decisions.AlreadyHandled):
            objections.deny(objection, by=other, now=timezone.now(), answer="Toch niet.")

        assert Comment.objects.get().status == Status.APPROVED

    def test_that_grants_answers_in_the_language_of_the_objection(self, refused):
        objection = object_to(refused, language="en")
        Message.objects.all().delete()

        other = factories.UserFactory(moderator=True)
        objections.grant(objection, by=other, now=timezone.now(), answer="You are right.")

        message = Message.objects.get()
        assert message.language == "en"
        for words in (message.text, message.html):
            assert "It has been placed after all" in words
            assert "You are right." in words

    def test_that_denies_answers_in_that_language_with_the_way_to_go_on(self, refused):
        objection = object_to(refused, language="en")
        Message.objects.all().delete()

        other = factories.UserFactory(moderator=True)
        objections.deny(objection, by=other, now=timezone.now(), answer="It was football.")

        message = Message.objects.get()
        assert message.language == "en"
        for words in (message.text, message.html):
            assert "The house rules say what more you can do" in words
            assert "/en/huisregels/" in words


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

    def test_is_the_last_to_what_software_took_for_spam(self, moderator):
        comment = factories.comment(status="spam", decided_at=None)
        objections.deny(object_to(comment), by=moderator, now=timezone.now(), answer="Nee.")

        assert not objections.may_object(comment)
