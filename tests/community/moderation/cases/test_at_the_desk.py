"""Cases at the desk."""

import datetime as dt

import pytest
from django.utils import timezone

from community.moderation import cases, decisions
from community.moderation.models import Case
from mail.models import Message
from tests import factories
from tests.community.moderation.cases.deciding import WRITER, Outcome, keep, object_to
from tests.races import together


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
