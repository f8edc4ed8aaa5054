import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from community.comments import pipeline
from community.comments.models import Comment
from community.moderation import cases, noticing
from community.moderation.models import Act, Case, Notice, Reason
from mail.models import Message
from tests import factories
from tests.races import together

Status = Comment.Status


@pytest.fixture
def comment(db) -> Comment:
    return factories.comment(email="noor@example.org", text="Iets over de buurman")


class TestANotice:
    def test_opens_a_case_and_is_answered_with_a_receipt(self, comment):
        notice = factories.notice(comment, email="sam@example.org", explanation="Dat is laster")

        case = Case.objects.get()
        assert (case.comment, case.closed_at, case.held_at) == (comment, None, None)
        assert (notice.case, notice.name) == (case, notice.name)
        message = Message.objects.get()
        assert (message.kind, message.to) == ("moderation.receipt", "sam@example.org")
        assert case.number in message.subject
        for words in (message.text, message.html):
            assert case.number in words
            assert f"/reacties/{comment.public_id}/" in words
            assert "/reacties/melding/" in words

    def test_is_answered_without_words_of_anyone(self, comment):
        factories.notice(comment, name="Sam de Wit", explanation="Koop nu op https://x.example")

        message = Message.objects.get()
        for words in (message.subject, message.text, message.html):
            assert "Koop nu" not in words
            assert "x.example" not in words
            assert "Sam" not in words
            assert "buurman" not in words
            assert comment.user_name not in words

    def test_is_answered_in_the_language_of_the_reader(self, comment):
        factories.notice(comment, language="en")

        message = Message.objects.get()
        assert message.language == "en"
        assert "We have your notice" in message.text
        assert "/en/reacties/melding/" in message.text

    def test_of_someone_else_joins_the_case(self, comment):
        first, second = factories.notice(comment), factories.notice(comment)

        assert first.case == second.case == Case.objects.get()
        assert Message.objects.count() == 2

    def test_sent_twice_is_kept_once(self, comment):
        factories.notice(comment, email="sam@example.org", explanation="Laster")

        again = factories.notice(comment, email="Sam@Example.org", explanation="Laster")

        assert again is None
        assert Notice.objects.get().explanation == "Laster"
        assert Message.objects.count() == 1

    def test_is_kept_when_someone_else_typed_the_address_before(self, comment):
        writer, sam = {"network_key": "a" * 32}, {"network_key": "b" * 32}
        factories.notice(comment, email="sam@example.org", explanation="Mooi!", **writer)

        real = factories.notice(comment, email="sam@example.org", explanation="Laster", **sam)

        assert real.explanation == "Laster"
        assert [message.to for message in Message.objects.all()] == ["sam@example.org"] * 2

    def test_with_more_to_say_is_kept_as_well(self, comment):
        for words in ("Eerst", "En ook dit"):
            factories.notice(comment, email="sam@example.org", explanation=words)

        kept = Notice.objects.values_list("explanation", flat=True)
        assert list(kept) == ["Eerst", "En ook dit"]

    def test_in_the_same_words_by_a_member_is_kept_once(self, comment):
        member = factories.UserFactory()
        factories.notice(comment, user=member, explanation="Laster")

        assert factories.notice(comment, user=member, explanation="Laster") is None
        assert Notice.objects.count() == Message.objects.count() == 1

    def test_with_other_words_or_another_reason_by_a_member_is_kept_as_well(self, comment):
        member = factories.UserFactory()
        for reason, words in (("offensive", "Eerst"), ("offensive", "Ook"), ("hate", "Ook")):
            factories.notice(comment, user=member, reason=reason, explanation=words)

        [shown] = cases.open_with_notices([comment.pk]).values()
        said = [(notice.reason.code, notice.explanation) for notice in shown.notices]
        assert said == [("offensive", "Eerst"), ("offensive", "Ook"), ("hate", "Ook")]

    def test_of_a_member_who_said_more_is_answered_with_one_decision(self, comment):
        member = factories.UserFactory(email="lid@example.org")
        editor = factories.UserFactory(moderator=True)
        for _ in range(2):
            notice = factories.notice(comment, user=member)

        cases.keep(notice.case, by=editor, answer="Mag.", now=timezone.now())

        assert Message.objects.filter(kind="moderation.decided").get().to == "lid@example.org"

    def test_after_a_decision_opens_another_case(self, comment):
        moderator = factories.UserFactory(moderator=True)
        first = factories.notice(comment, email="sam@example.org")
        cases.keep(first.case, by=moderator, answer="Mag.", now=timezone.now())

        second = factories.notice(comment, email="sam@example.org")

        assert second.case != first.case

    @pytest.mark.parametrize(
        "status", ["unconfirmed", "pending", "rejected", "spam", "removed", "deleted_by_author"]
    )
    def test_needs_a_comment_that_can_be_read(self, db, status):
        with pytest.raises(noticing.NotReadable):
            factories.notice(factories.comment(status=status))

        assert not Case.objects.exists()

    def test_leaves_the_comment_and_the_log_as_they_were(self, comment):
        factories.notice(comment)

        comment.refresh_from_db()
        assert comment.status == Status.APPROVED
        assert not Act.objects.exists()
        assert not Message.objects.filter(to="noor@example.org").exists()

    def test_of_a_member_goes_to_the_address_of_the_account(self, comment):
        member = factories.UserFactory(email="lid@example.org")

        notice = factories.notice(comment, user=member)

        assert (notice.name, notice.email, notice.by) == ("", "", str(member))
        assert Message.objects.get().to == "lid@example.org"


class TestANoticeOfChildAbuse:
    def test_keeps_nothing_of_who_it_was(self, comment):
        notice = factories.notice(
            comment, reason="child_abuse", name="Sam", email="sam@example.org", explanation="Dit"
        )

        notice.refresh_from_db()
        assert (notice.name, notice.email, notice.user, notice.writer_key) == ("", "", None, "")
        assert not Message.objects.exists()

    def test_keeps_nothing_of_a_member_either(self, comment, known):
        notice = factories.notice(comment, reason="child_abuse", user=known)

        notice.refresh_from_db()
        assert (notice.user, notice.writer_key, notice.is_trusted) == (None, "", False)
        assert not Message.objects.exists()

    def test_in_the_same_words_is_kept_once(self, comment):
        how = {"reason": "child_abuse", "explanation": "Kijk hier"}
        factories.notice(comment, **how)

        assert factories.notice(comment, **how) is None
        assert factories.notice(comment, **how | {"explanation": "Iets anders"}) is not None


class TestLimits:
    def test_let_an_address_have_three_receipts_a_day_and_keep_every_notice(self, db):
        for _ in range(5):
            factories.notice(email="sam@example.org")

        assert Notice.objects.count() == 5
        assert Message.objects.count() == 3

    def test_let_a_member_have_more(self, db):
        member = factories.UserFactory()
        for _ in range(5):
            factories.notice(user=member)

        assert Message.objects.count() == 5

    def test_turn_a_network_away_that_sends_too_many(self, db):
        for _ in range(noticing.PER_NETWORK):
            factories.notice(network_key="a" * 32)

        with pytest.raises(pipeline.TooFast):
            factories.notice(network_key="a" * 32)
        assert factories.notice(network_key="b" * 32)
        with time_machine.travel(timezone.now() + dt.timedelta(minutes=11)):
            assert factories.notice(network_key="a" * 32)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
class TestEightAtOnce:
    def test_make_one_case_and_lose_no_notice(self):
        comment = factories.comment()
        reason = Reason.objects.get(code="hate")
        readers = iter(range(8))

        def notice():
            who = {"name": "Sam", "email": f"sam{next(readers)}@example.org"}
            said = noticing.Said(reason=reason, explanation="Haat", language="nl", **who)
            return noticing.notice(comment, said, now=timezone.now())

        results = together(8, notice)

        assert {type(each) for each in results} == {tuple}
        assert Case.objects.count() == 1
        assert Notice.objects.count() == Message.objects.count() == 8

    @pytest.mark.parametrize("is_member", [True, False])
    def test_of_one_reader_are_one_notice(self, is_member):
        comment = factories.comment()
        reason = Reason.objects.get(code="hate")
        who = {"name": "Sam", "email": "sam@example.org"}
        if is_member:
            who = {"user": factories.UserFactory()}
        said = noticing.Said(reason=reason, explanation="Haat", language="nl", **who)

        results = together(8, noticing.notice, comment, said, now=timezone.now())

        assert {type(each) for each in results} == {tuple}
        assert Notice.objects.count() == Message.objects.count() == Case.objects.count() == 1
