import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from community.comments import own
from community.comments.models import Comment
from community.moderation import cases, decisions, notice_links, undoing, withdrawing
from community.moderation.models import Act, Case, Notice
from mail.models import Message
from tests import factories
from tests.races import together

Status, Outcome = Comment.Status, Case.Outcome
WRITER = "noor@example.org"


@pytest.fixture
def moderator(db):
    return factories.UserFactory(moderator=True)


@pytest.fixture
def comment(db) -> Comment:
    return factories.comment(email=WRITER, text="Mijn woorden")


@pytest.fixture
def notice(comment) -> Notice:
    """Sam's notice, whose receipt has left."""
    sent = factories.notice(
        comment, name="Sam de Wit", email="sam@example.org", explanation="Laster over mij"
    )
    Message.objects.all().delete()
    return sent


def keep(case, by, answer="Dit mag hier gezegd worden.", **kwargs) -> Act:
    return cases.keep(case, by=by, answer=answer, **{"now": timezone.now(), **kwargs})


def object_to(notice, text="Kijk nog eens") -> Case:
    fresh = Notice.objects.get(pk=notice.pk)
    return cases.object_to(fresh, text=text, now=timezone.now())


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

        with pytest.raises(decisions.AlreadyHandled):
            keep(notice.case, moderator)
        assert Message.objects.count() == 1

    def test_does_nothing_after_someone_has_taken_the_comment_away(self, notice, moderator):
        decisions.reject(notice.case.comment, by=moderator, reason="other")

        with pytest.raises(decisions.AlreadyHandled) as caught:
            keep(notice.case, moderator)

        assert caught.value.act.to_status == Status.REMOVED
        assert Case.objects.get().outcome == Outcome.REMOVED

    def test_costs_as_many_queries_for_ten_notices_as_for_one(self, moderator):
        assert moderator.has_perm(decisions.MODERATE)  # asked once a request
        costs = []
        for number in (1, 10):
            comment = factories.comment()
            for _ in range(number):
                case = factories.notice(comment).case
            with CaptureQueriesContext(connection) as captured:
                keep(case, moderator)
            costs.append(len(captured))

        assert costs[0] == costs[1] <= 12


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

        with pytest.raises(decisions.AlreadyHandled):
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


class TestWhatTheDeskAsks:
    def test_shows_open_cases_oldest_first(self, moderator):
        now = timezone.now()
        young = factories.notice(now=now).case
        old = factories.notice(now=now - dt.timedelta(days=2)).case
        keep(factories.notice().case, moderator)

        assert list(cases.opened()) == [old, young]
        assert list(cases.noticed()) == [old.comment, young.comment]
        assert cases.count_open() == 2

    def test_shows_no_comment_without_a_case(self, db):
        factories.comment()

        assert not cases.noticed().exists()

    def test_gives_cases_with_notices_and_objections(self, comment, moderator):
        first = factories.notice(comment)
        keep(first.case, moderator)
        object_to(first, "Toch")
        second = factories.notice(comment)

        shown = cases.open_with_notices([comment.pk, 0])

        assert list(shown) == [comment.pk]
        assert shown[comment.pk].case == second.case
        assert shown[comment.pk].notices == [second]
        assert shown[comment.pk].objections == [first]

    def test_costs_two_queries_for_any_number(self, db, django_assert_num_queries):
        comments = [factories.notice(user=factories.UserFactory()).case.comment for _ in range(10)]
        keys = [comment.pk for comment in comments]

        with django_assert_num_queries(2):
            shown = cases.open_with_notices(keys)
            assert all(each.notices[0].by and each.notices[0].reason for each in shown.values())
        with django_assert_num_queries(1):
            cases.open_with_notices([0])

    def test_counts_the_comments_of_a_writer_that_were_noticed(self, db, moderator):
        comment = factories.comment(email=WRITER)
        keep(factories.notice(comment).case, moderator)
        factories.notice(comment)
        factories.notice(factories.comment(email=WRITER))
        quiet = factories.comment()

        counted = cases.noticed_by_writer([comment.writer_key, quiet.writer_key])

        assert counted == {comment.writer_key: 2}


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
class TestTwoEditorsAtOnce:
    def test_have_one_outcome_and_tell_each_side_once(self):
        first, second = (factories.UserFactory(moderator=True) for _ in range(2))
        comment = factories.comment(email=WRITER)
        case = factories.notice(comment).case
        Message.objects.all().delete()
        acts = iter(
            [
                lambda: keep(case, first),
                lambda: decisions.reject(comment, by=second, reason="hate"),
            ]
        )

        results = together(2, lambda: next(acts)())

        kinds = sorted(type(result).__name__ for result in results)
        decided = Case.objects.get()
        told = Message.objects.filter(kind="moderation.decided")
        if decided.outcome == Outcome.REMOVED:
            assert kinds == ["Act", "AlreadyHandled"]
        else:  # kept first; taking it away after that is another decision
            assert decided.outcome == Outcome.KEPT
            assert kinds == ["Act", "Act"]
        assert told.count() == 1
