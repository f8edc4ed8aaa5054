"""Who noticed a comment objects to what was decided."""

import pytest
from django.urls import reverse

from community.comments.models import Comment
from community.moderation import cases, decisions
from community.moderation.models import Case, Notice
from mail.models import Message
from tests import factories
from tests.community.moderation.cases.deciding import Outcome, keep, object_to


class TestAnObjectionByWhoNoticed:
    @pytest.fixture
    def kept(self, notice, moderator) -> Notice:
        keep(notice.case, moderator)
        Message.objects.all().delete()
        return notice

    def test_opens_a_new_case_and_is_answered_with_a_receipt(self, kept):
        case = object_to(kept, "Het blijft laster")

        kept.refresh_from_db()
        assert (kept.objection, kept.objection_case) == ("Het blijft laster", case)
        assert case != kept.case
        message = Message.objects.get()
        assert (message.kind, message.to) == ("moderation.objection_received", "sam@example.org")
        assert case.number in message.subject
        assert "laster" not in message.text

    def test_joins_a_case_that_is_open(self, kept, comment):
        other = factories.notice(comment)

        assert object_to(kept) == other.case

    def test_is_heard_once(self, kept):
        object_to(kept, "Eerst")

        with pytest.raises(cases.NothingToObjectTo):
            object_to(kept, "Later")

        kept.refresh_from_db()
        assert kept.objection == "Eerst"

    def test_is_heard_once_from_who_gave_notice_twice(self, notice, comment, moderator):
        again = factories.notice(
            comment, name="Sam de Wit", email="sam@example.org", explanation="En nog iets"
        )
        keep(notice.case, moderator)
        object_to(notice)

        assert not cases.may_object(Notice.objects.get(pk=again.pk))
        with pytest.raises(cases.NothingToObjectTo):
            object_to(again)

    def test_is_heard_from_each_who_gave_notice(self, notice, comment, moderator):
        other = factories.notice(comment, name="Kim", email="kim@example.org")
        keep(notice.case, moderator)
        object_to(notice)

        assert cases.may_object(Notice.objects.get(pk=other.pk))

    def test_needs_a_decision_to_keep(self, notice):
        with pytest.raises(cases.NothingToObjectTo):
            object_to(notice)

        assert Case.objects.count() == 1

    @pytest.mark.parametrize("status", ["pending", "rejected", "removed", "deleted_by_author"])
    def test_needs_a_comment_that_stands(self, kept, comment, status):
        Comment.objects.filter(pk=comment.pk).update(status=status)

        with pytest.raises(cases.NothingToObjectTo):
            object_to(kept)

        assert Case.objects.count() == 1

    def test_is_judged_by_another_editor_where_there_is_one(self, kept, moderator):
        case, other = object_to(kept), factories.UserFactory(moderator=True)

        assert not cases.may_decide(case, moderator)
        with pytest.raises(cases.AnotherEditor):
            keep(case, moderator)
        assert Case.objects.get(pk=case.pk).closed_at is None

        assert cases.may_decide(case, other)
        keep(case, other)

    def test_offers_its_form_to_another_editor_than_the_first(self, kept, moderator, client):
        address = reverse("moderation:keep", args=[object_to(kept).pk])
        asked = []
        for editor in (factories.UserFactory(moderator=True), moderator):
            client.force_login(editor)
            asked.append(client.get("/admin/reacties/?staat=gemeld").content.decode())

        assert [address in page for page in asked] == [True, False]
        assert ["of de reactie blijft staan" in page for page in asked] == [False, True]

    def test_is_judged_by_the_same_editor_where_there_is_no_other(self, kept, moderator):
        keep(object_to(kept), moderator)

        assert Case.objects.filter(outcome=Outcome.KEPT).count() == 2

    def test_is_answered_by_mail_with_the_way_to_go_on(self, kept):
        case = object_to(kept)
        Message.objects.all().delete()

        keep(case, factories.UserFactory(moderator=True), answer="Ook na herlezing mag dit.")

        message = Message.objects.get()
        assert message.to == "sam@example.org"
        for words in (message.text, message.html):
            assert "Een redacteur heeft opnieuw gekeken" in words
            assert "Ook na herlezing mag dit." in words
            assert "/huisregels/" in words

    def test_can_be_granted_by_anyone(self, kept, comment, moderator):
        object_to(kept)
        factories.UserFactory(moderator=True)
        Message.objects.all().delete()

        act = decisions.reject(comment, by=moderator, reason="hate")

        assert act.initiative == "notice"
        assert "weggehaald" in Message.objects.get(to="sam@example.org").text

    def test_is_mailed_about_once_to_who_noticed_anew_as_well(self, kept, comment):
        case = object_to(kept)
        factories.notice(comment, email="sam@example.org")
        Message.objects.all().delete()

        keep(case, factories.UserFactory(moderator=True))

        assert Message.objects.count() == 1
