"""What the figures of a year count."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from community.comments import deleting, editing, mails, unnaming
from community.comments.models import Comment
from community.moderation import decisions, objections, undoing
from community.moderation.models import Case, Notice, Reason
from tests import factories
from tests.community.moderation.figures.deciding import IN_YEAR, count, decided

pytestmark = pytest.mark.both


class TestCount:
    def test_of_nothing_is_nothing(self, db):
        counted = count()

        assert (counted["received"], counted["median_minutes"]) == (0, None)
        assert counted["decisions"] == {}
        assert counted["reasons"] == []

    def test_counts_decisions_by_outcome_and_reason(self, editor):
        decided(editor, "approved")
        decided(editor, "rejected", reason="hate")
        decided(editor, "rejected", reason="hate")
        decided(editor, "removed", reason="hate", was="approved")
        decided(editor, "spam", reason="spam")

        counted = count()

        assert counted["received"] == 4  # spam was never confirmed
        assert counted["decisions"] == {"approved": 1, "rejected": 2, "removed": 1, "spam": 1}
        [reason] = counted["reasons"]
        assert (reason["code"], reason["refused"], reason["removed"]) == ("hate", 2, 1)

    def test_leaves_out_what_was_undone(self, editor):
        with time_machine.travel(IN_YEAR, tick=False):
            comment = factories.comment(status="pending")
            act = decisions.reject(comment, by=editor, reason="other")
            undoing.undo(act, by=editor, now=timezone.now())

            assert count()["decisions"] == {}
            assert count()["reasons"] == []

    def test_ends_a_year_at_midnight_here(self, editor):
        decided(editor, "approved", at=dt.datetime(2025, 12, 31, 23, 30, tzinfo=dt.UTC))
        decided(editor, "approved", at=dt.datetime(2026, 12, 31, 23, 30, tzinfo=dt.UTC))

        assert count()["decisions"] == {"approved": 1}

    def test_gives_the_median_of_the_waits(self, editor):
        for minutes in (10, 30, 500):
            decided(editor, "approved", after_minutes=minutes)

        assert count()["median_minutes"] == 30

    @pytest.mark.parametrize("how", ["held", "changed"])
    def test_leaves_out_of_the_waits_what_was_placed_first(self, editor, how):
        decided(editor, "approved", after_minutes=10)
        comment = factories.comment(at=IN_YEAR - dt.timedelta(days=90))
        held_at = IN_YEAR - dt.timedelta(minutes=40)
        if how == "held":
            decisions.hold(comment, by=None, now=held_at)
        else:
            Comment.objects.filter(pk=comment.pk).update(submit_date=held_at)
            factories.BlockRuleFactory(pattern="casino")
            editing.edit(comment, text="Nu met een casino", now=held_at)
        decisions.approve(Comment.objects.get(pk=comment.pk), by=editor, now=IN_YEAR)

        assert count()["median_minutes"] == 10

    def test_counts_the_wait_for_what_stands_after_a_decision_was_undone(self, editor):
        comment = factories.comment(status="pending", at=IN_YEAR - dt.timedelta(minutes=60))
        act = decisions.approve(comment, by=editor, now=IN_YEAR - dt.timedelta(minutes=30))
        undoing.undo(act, by=editor, now=IN_YEAR - dt.timedelta(minutes=29))
        decisions.approve(Comment.objects.get(), by=editor, now=IN_YEAR)

        assert count()["median_minutes"] == 60

    def test_leaves_out_what_readers_sent_to_another_site(self, editor):
        decided(editor, "approved", after_minutes=10)
        early = IN_YEAR - dt.timedelta(days=100)
        for status in ("approved", "pending"):
            imported = factories.comment(status=status, at=early, evidence=mails.IMPORTED)
        decisions.approve(imported, by=editor, now=IN_YEAR)

        counted = count()

        assert (counted["received"], counted["median_minutes"]) == (1, 10)

    @pytest.mark.parametrize("becomes", [deleting.wipe, unnaming.unname])
    def test_leaves_that_out_whatever_became_of_it(self, db, becomes):
        imported = factories.comment(at=IN_YEAR, evidence=mails.IMPORTED)
        assert count()["received"] == 0

        becomes(imported)

        assert count()["received"] == 0

    def test_counts_a_doubt_of_software(self, editor):
        with time_machine.travel(IN_YEAR, tick=False):
            comment = factories.comment(status="pending", evidence={"phase": "links"})
            decisions.approve(comment, by=editor)

            assert count()["flagged"] == 1

    def test_counts_objections_and_notices_with_their_outcomes(self, editor):
        colleague = factories.UserFactory(moderator=True)
        refused = [factories.comment(status="rejected") for _ in range(3)]
        made = [objections.object_to(it, text="Nee", language="nl", now=IN_YEAR) for it in refused]
        objections.grant(made[0], by=colleague, now=IN_YEAR)
        objections.deny(made[1], by=colleague, now=IN_YEAR, answer="Nee")
        closed = {"closed_at": IN_YEAR, "outcome": "kept"}
        case = Case.objects.create(comment=refused[0], opened_at=IN_YEAR, **closed)
        Notice.objects.create(
            case=case, reason=Reason.objects.first(), explanation="x", language="nl", at=IN_YEAR
        )

        counted = count()

        assert counted["objections"] == {"received": 3, "granted": 1, "denied": 1, "open": 1}
        assert counted["notices"] == {
            "received": 1,
            "cases": 1,
            "removed": 0,
            "withdrawn": 0,
            "kept": 1,
            "open": 0,
        }

    def test_of_ten_costs_as_many_queries_as_of_one(self, editor, count_queries):
        decided(editor, "rejected", reason="hate")
        one = count_queries(count)
        for _ in range(9):
            decided(editor, "rejected", reason="hate")

        assert count_queries(count) == one
