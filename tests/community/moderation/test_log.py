import pytest
from django.db import DatabaseError, connection, transaction

from community.comments.models import Comment
from community.moderation import appending, decisions, log
from community.moderation.models import Act
from tests import factories

pytestmark = pytest.mark.both


@pytest.fixture
def act(db) -> Act:
    comment = factories.comment(status="pending")
    return decisions.approve(comment, by=factories.UserFactory(moderator=True))


class TestTheLog:
    def test_cannot_be_changed(self, act):
        with pytest.raises(DatabaseError, match="only grows"), transaction.atomic():
            Act.objects.filter(pk=act.pk).update(note="iets anders")

    def test_cannot_lose_a_line(self, act):
        with pytest.raises(DatabaseError, match="only grows"), transaction.atomic():
            Act.objects.all().delete()

    @pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite knows no TRUNCATE")
    def test_cannot_be_emptied(self, act):
        connection.check_constraints()  # nothing is left for the end of the transaction

        with (
            pytest.raises(DatabaseError, match="only grows"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute("TRUNCATE moderation_act CASCADE")

    def test_outlives_the_comment_and_its_page(self, act):
        title = act.page_title

        act.comment.page.delete()

        kept = Act.objects.get(pk=act.pk)
        assert not Comment.objects.exists()
        assert kept.page_title == title
        assert kept.public_id == act.public_id

    def test_outlives_the_account_of_who_decided(self, act):
        act.moderator.delete()

        assert Act.objects.get(pk=act.pk).to_status == "approved"

    def test_can_be_protected_twice(self, act):
        appending.protect(connection)

        with pytest.raises(DatabaseError), transaction.atomic():
            Act.objects.all().delete()


class TestAFlag:
    @pytest.mark.parametrize(
        ("evidence", "expected"),
        [
            ({"phase": "spam_score"}, True),
            ({"phase": "block_rules"}, True),
            ({"phase": "first_timer"}, False),
            ({"phase": "mode"}, False),
            ({"phase": "first_timer", "trapped": True}, True),
            ({}, False),
        ],
    )
    def test_is_an_opinion_of_software_about_this_text(self, db, evidence, expected):
        comment = factories.comment(evidence=evidence)

        assert log.was_flagged(comment) is expected
