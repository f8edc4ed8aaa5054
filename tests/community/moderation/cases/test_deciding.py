"""Notices are decided, and both sides hear of it."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from community.comments import own
from community.comments.models import Comment
from community.moderation import decisions, notice_links, overtaking, undoing, withdrawing
from community.moderation.models import Act, Case
from mail.models import Message
from tests import factories
from tests.community.moderation.cases.deciding import WRITER, Outcome, Status, keep


class TestKeeping:
    def test_closes_the_case_and_logs_it(self, notice, moderator):
        act = keep(notice.case, moderator)

        case = Case.objects.get()
        assert (case.outcome, case.decided_by) == (Outcome.KEPT, moderator)
        assert (act.kind, act.initiative) == (Act.Kind.NOTICE, "notice")
        assert (act.from_status, act.to_status) == (Status.APPROVED, Status.APPROVED)
        assert Comment.objects.get().status == Status.APPROVED

    def test_mails_everyone_who_noticed_and_not_the_writer(self, notice, comment, moderator):
        factories.notice(comment, email="kim@example.org", language="en")
        Message.objects.all().delete()

        act = keep(notice.case, moderator)

        dutch, english = Message.objects.order_by("-language")
        assert (dutch.to, english.to) == ("sam@example.org", "kim@example.org")
        assert act.mails == [dutch.pk, english.pk] or act.mails == [english.pk, dutch.pk]
        for words in (dutch.text, dutch.html):
            assert "De reactie blijft staan" in words
            assert "Dit mag hier gezegd worden." in words
            assert "er kwam geen software aan te pas" in words
            assert "/reacties/melding/" in words
            assert notice.case.number in words or notice.case.number in dutch.subject
        assert "The comment stays" in english.text
        assert "/en/reacties/melding/" in english.text

    def test_gives_everyone_a_link_of_their_own(self, notice, comment, moderator):
        other = factories.notice(comment)
        Message.objects.all().delete()

        keep(notice.case, moderator)

        for each in (notice, other):
            message = Message.objects.get(to=each.email)
            token = message.text.split("/melding/")[1].split("/")[0]
            assert notice_links.find(token) == each

    def test_of_a_comment_that_was_held_lets_everyone_read_it_again(self, comment, moderator):
        for _ in range(2):
            notice = factories.notice(comment, user=factories.UserFactory(moderator=True))
        Message.objects.all().delete()

        act = keep(notice.case, moderator)

        assert Comment.objects.get().status == Status.APPROVED
        assert Case.objects.get().outcome == Outcome.KEPT
        assert Act.objects.first() == act
        assert act.initiative == "notice"
        assert Message.objects.get(to=WRITER).kind == "notifications.approved"
        told = Message.objects.filter(kind="moderation.decided")
        assert told.count() == 2
        assert "Software had de reactie vastgehouden" in told.first().text

    def test_is_for_those_who_may(self, notice):
        with pytest.raises(PermissionDenied):
            keep(notice.case, factories.UserFactory())

        assert Case.objects.get().closed_at is None

    def test_happens_once(self, notice, moderator):
        keep(notice.case, moderator)

        with pytest.raises(overtaking.AlreadyHandled):
            keep(notice.case, moderator)
        assert Message.objects.count() == 1

    def test_does_nothing_after_someone_has_taken_the_comment_away(self, notice, moderator):
        decisions.reject(notice.case.comment, by=moderator, reason="other")

        with pytest.raises(overtaking.AlreadyHandled) as caught:
            keep(notice.case, moderator)

        assert caught.value.act.to_status == Status.REMOVED
        assert Case.objects.get().outcome == Outcome.REMOVED

    def test_costs_as_many_queries_for_ten_notices_as_for_two(self, moderator):
        assert moderator.has_perm(decisions.MODERATE)  # asked once a request
        costs = []
        for number in (2, 10):
            comment = factories.comment()
            for _ in range(number):
                case = factories.notice(comment).case
            with CaptureQueriesContext(connection) as captured:
                keep(case, moderator)
            costs.append(len(captured))

        assert costs[0] == costs[1] <= 14  # two to keep once what ten are told


class TestTakingAway:
    @pytest.mark.parametrize("how", ["reject", "mark_spam"])
    def test_closes_the_case_and_tells_both_sides(self, notice, comment, moderator, how):
        reason = {"reason": "hate"} if how == "reject" else {}
        act = getattr(decisions, how)(comment, by=moderator, **reason)

        case = Case.objects.get()
        assert (case.outcome, case.decided_by, case.closed_at) == ("removed", moderator, act.at)
        assert act.initiative == "notice"
        told = Message.objects.get(to="sam@example.org")
        assert "De reactie is weggehaald" in told.text
        assert ("haat of discriminatie" if how == "reject" else "spam") in told.text
        writer = Message.objects.get(to=WRITER)
        for words in (writer.text, writer.html):
            assert "omdat een lezer ons erop wees" in words
        assert set(act.mails) == {told.pk, writer.pk}

    def test_keeps_what_is_said_to_the_writer_from_those_who_noticed(
        self, notice, comment, moderator
    ):
        decisions.reject(comment, by=moderator, reason="hate", explanation="Noor, dit kan niet.")

        told = Message.objects.get(to="sam@example.org")
        assert "Noor" not in told.text
        assert "Mijn woorden" not in told.text

    def test_of_what_was_held_says_that_software_took_part(self, comment, moderator):
        for _ in range(2):
            factories.notice(comment, user=factories.UserFactory(moderator=True))
        Message.objects.all().delete()
        comment.refresh_from_db()

        act = decisions.reject(comment, by=moderator, reason="hate")

        assert act.was_flagged
        assert Case.objects.get().outcome == Outcome.REMOVED
        assert "Software had je reactie apart gezet" in Message.objects.get(to=WRITER).text

    def test_of_a_comment_without_notices_is_the_editors_own_initiative(self, comment, moderator):
        act = decisions.reject(comment, by=moderator, reason="hate")

        assert act.initiative == "editor"

    def test_by_the_writer_tells_those_who_noticed(self, notice, comment):
        withdrawing.withdraw(comment, now=timezone.now())

        assert Case.objects.get().outcome == Outcome.WITHDRAWN
        message = Message.objects.get()
        assert message.to == "sam@example.org"
        assert "De schrijver heeft de reactie verwijderd" in message.text


class TestTheNotifier:
    """Stays unknown to the writer, and to everyone but moderators."""

    SECRETS = ("Sam de Wit", "sam@example.org", "Laster over mij")

    def test_is_in_no_mail_to_the_writer(self, notice, comment, moderator):
        decisions.hold(comment, by=moderator)
        decisions.reject(comment, by=moderator, reason="hate")

        mails = Message.objects.filter(to=WRITER)
        assert mails.count() == 2
        for message in mails:
            for words in (message.subject, message.text, message.html, str(message.headers)):
                assert not [secret for secret in self.SECRETS if secret in words]

    @pytest.mark.parametrize("name", ["state", "object", "again"])
    def test_is_on_no_page_of_the_writer(self, notice, comment, moderator, client, name):
        decisions.reject(comment, by=moderator, reason="hate")

        page = client.get(own.address(comment, name)).content.decode()

        assert ("omdat een lezer ons erop wees" in page) is (name != "again")
        assert not [secret for secret in self.SECRETS if secret in page]

    def test_is_in_no_line_of_the_log(self, notice, comment, moderator):
        keep(notice.case, moderator)
        factories.notice(comment, name="Sam de Wit", email="sam@example.org")
        decisions.reject(comment, by=moderator, reason="hate")

        for act in Act.objects.values():
            assert not [secret for secret in self.SECRETS if secret in str(act)]

    def test_is_on_no_page_with_the_comment(self, notice, comment, client):
        addresses = [
            comment.page.get_url(),
            reverse("comments:replies", args=[comment.public_id]),
            reverse("own:notify", args=[comment.public_id]),
            reverse("comments:page_feed", args=[comment.page_id]),
        ]

        for address in addresses:
            page = client.get(address).content.decode()
            assert "Mijn woorden" in page
            assert not [secret for secret in self.SECRETS if secret in page]


class TestUndoing:
    def undo(self, act):
        return undoing.undo(act, by=act.moderator, now=timezone.now())

    def test_a_removal_opens_the_case_again_and_stops_the_mails(self, notice, comment, moderator):
        act = decisions.reject(comment, by=moderator, reason="hate")

        self.undo(act)

        case = Case.objects.get()
        assert (case.closed_at, case.outcome, case.decided_by) == (None, "", None)
        assert Comment.objects.get().status == Status.APPROVED
        assert set(Message.objects.values_list("state", flat=True)) == {"cancelled"}

    def test_a_decision_to_keep_opens_the_case_again(self, notice, moderator):
        act = keep(notice.case, moderator)

        undone = self.undo(act)

        assert (undone.kind, undone.undoes) == (Act.Kind.UNDONE, act)
        assert Case.objects.get().closed_at is None
        assert Message.objects.get().state == Message.State.CANCELLED

    def test_a_decision_to_keep_happens_once(self, notice, moderator):
        act = keep(notice.case, moderator)
        self.undo(act)

        with pytest.raises(overtaking.AlreadyHandled):
            self.undo(act)

    def test_is_too_late_when_a_reader_has_reacted(self, notice, comment, moderator):
        act = keep(notice.case, moderator)
        factories.notice(comment)

        with pytest.raises(undoing.TooLate):
            self.undo(act)

        assert Case.objects.get(pk=notice.case_id).outcome == Outcome.KEPT
        assert Message.objects.get(kind="moderation.decided").state == Message.State.QUEUED

    def test_is_answered_by_one_mail_when_decided_again(self, notice, comment, moderator):
        self.undo(decisions.reject(comment, by=moderator, reason="hate"))
        comment.refresh_from_db()

        keep(notice.case, moderator)

        waiting = Message.objects.waiting().get()
        assert "De reactie blijft staan" in waiting.text
