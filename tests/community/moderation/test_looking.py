"""A decision passes over nobody who judged first what the editor saw to be open."""

import pytest
from django.urls import reverse
from django.utils import timezone

from community.comments.models import Comment
from community.moderation import cases, decisions, editing_by_editor, objections
from community.moderation.models import Act
from tests import factories

JSON = {"Accept": "application/json"}


@pytest.fixture
def colleague(db):
    return factories.UserFactory(moderator=True, first_name="Mehmet", last_name="Kaya")


@pytest.fixture
def desk(client, db):
    client.force_login(factories.UserFactory(moderator=True))
    return client


def decide(client, comment, **data):
    address = reverse("moderation:decide", args=[comment.public_id])
    return client.post(address, {"status": comment.status, **data}, headers=JSON)


class TestACase:
    @pytest.fixture
    def notice(self, db):
        return factories.notice(factories.comment(text="Gemelde woorden"))

    @pytest.mark.parametrize("act", ["reject", "spam", "hold"])
    def test_that_a_colleague_closed_is_told_and_stays_closed(self, desk, notice, colleague, act):
        cases.keep(notice.case, by=colleague, answer="Mag hier.", now=timezone.now())

        response = decide(desk, notice.case.comment, act=act, reason="other", case=notice.case_id)

        assert response.status_code == 409
        assert "Mehmet Kaya was eerst" in response.json()["message"]
        assert Comment.objects.get().status == "approved"

    def test_that_is_still_open_is_closed_and_leaves_its_queue(self, desk, notice):
        news = decide(
            desk, notice.case.comment, act="reject", reason="other", case=notice.case_id
        ).json()

        assert news["less"] == ["gemeld"]
        assert cases.count_open() == 0

    def test_stays_open_when_the_comment_is_held(self, desk, notice):
        news = decide(desk, notice.case.comment, act="hold", case=notice.case_id).json()

        assert news["less"] == []
        assert cases.count_open() == 1

    def test_of_a_text_that_was_changed_meanwhile_is_not_decided(self, desk, notice, colleague):
        editing_by_editor.edit(
            Comment.objects.select_related("page", "user").get(),
            by=colleague,
            text="Andere woorden",
            note="Een nummer",
            now=timezone.now(),
        )

        response = desk.post(
            reverse("moderation:keep", args=[notice.case_id]),
            {"answer": "Dit blijft.", "status": "approved", "version": ""},
            headers=JSON,
        )

        assert response.status_code == 409
        assert cases.count_open() == 1

    def test_of_a_comment_in_another_state_is_not_decided(self, desk, notice, colleague):
        decisions.hold(Comment.objects.select_related("page", "user").get(), by=colleague)

        response = desk.post(
            reverse("moderation:keep", args=[notice.case_id]),
            {"answer": "Dit blijft.", "status": "approved", "version": ""},
            headers=JSON,
        )

        assert response.status_code == 409
        assert Comment.objects.get().status == "pending"


class TestAnObjection:
    @pytest.fixture
    def objection(self, db):
        comment, now = factories.comment(status="rejected"), timezone.now()
        return objections.object_to(comment, text="Niet mee eens", language="nl", now=now)

    def test_that_a_colleague_denied_is_told(self, desk, objection, colleague):
        objections.deny(objection, by=colleague, answer="Nee.", now=timezone.now())

        response = decide(desk, objection.comment, act="approve", objection=objection.pk)

        assert response.status_code == 409
        assert Comment.objects.get().status == "rejected"

    def test_that_is_still_open_is_granted_and_leaves_its_queue(self, desk, objection):
        news = decide(desk, objection.comment, act="approve", objection=objection.pk).json()

        assert news["less"] == ["bezwaren"]
        assert not objections.opened().exists()


class TestWhatIsSent:
    @pytest.mark.parametrize("name", ["case", "objection"])
    @pytest.mark.parametrize("value", ["x", "-1", "0", "9" * 20, "\x00", "1.5", "' or 1=1"])
    def test_decides_nothing_when_it_makes_no_sense(self, desk, name, value):
        comment = factories.comment(status="pending")

        response = decide(desk, comment, act="approve", **{name: value})

        assert response.status_code == 422
        assert not Act.objects.exists()

    def test_of_another_comment_decides_nothing(self, desk):
        comment, other = factories.comment(), factories.notice()

        assert decide(desk, comment, act="spam", case=other.case_id).status_code == 409
        assert not Act.objects.exists()
