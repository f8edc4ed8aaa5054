import datetime as dt
import re

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from wagtail.models import Site
from wagtail.users.models import UserProfile

from community.comments import editing
from community.comments.models import Comment
from community.moderation import (
    assigning,
    decisions,
    objections,
    reminding,
    second_opinions,
    undoing,
)
from community.moderation.models import Case, Reminder
from community.moderation.tasks import remind
from mail.models import Message
from tests import factories
from tests.html import text_of
from tests.races import together

UTC = dt.UTC
NINE = dt.datetime(2026, 11, 25, 9, 0, tzinfo=UTC)  # ten o'clock in the Netherlands
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)


@pytest.fixture
def editor(db):
    return factories.UserFactory(moderator=True, email="ed@example.org")


def wants(editor, rhythm, at=NINE - HOUR):
    reminding.choose(editor, rhythm=rhythm, now=at)


def waits(at=NINE - dt.timedelta(minutes=10), **kwargs):
    return factories.comment(status="pending", at=at, **kwargs)


def chosen(response) -> str:
    [button] = re.findall(r"<input[^>]* checked[^>]*>", text_of(response))
    return re.search('value="([^"]+)"', button)[1]


class TestTheHourlyMail:
    def test_tells_what_waits_since_when_and_where(self, editor):
        wants(editor, "hour")
        waits()
        waits(at=NINE - dt.timedelta(minutes=40))

        assert reminding.remind_due(now=NINE) == 1

        message = Message.objects.get()
        assert (message.to, message.kind) == ("ed@example.org", "moderation.waiting")
        for words in (message.text, message.html):
            assert "2 reacties wachten" in words
            assert "25 november 2026, 09:20" in words
            assert "/admin/reacties/" in words
            assert "/admin/reacties/bericht/" in words
        assert "/reacties/berichten/stoppen/waiting-" in message.headers["List-Unsubscribe"]

    def test_ends_by_the_link_in_it_until_another_choice_is_made(self, editor, client):
        wants(editor, "hour")
        waits()
        reminding.remind_due(now=NINE)
        stop = Message.objects.get().headers["List-Unsubscribe"].strip("<>")

        assert client.get(stop).status_code == 200
        assert reminding.chosen_by(editor) == "hour"
        assert client.post(stop, {"List-Unsubscribe": "One-Click"}).status_code == 200
        assert reminding.chosen_by(editor) == "none"
        waits(at=NINE + dt.timedelta(minutes=10))
        assert reminding.remind_due(now=NINE + HOUR) == 0

        wants(editor, "hour", at=NINE + HOUR)
        waits(at=NINE + HOUR + dt.timedelta(minutes=10))
        assert reminding.remind_due(now=NINE + 2 * HOUR) == 1

    def test_comes_once_an_hour_however_often_beat_knocks(self, editor):
        wants(editor, "hour")
        waits()

        for minutes in (0, 0, 1, 30, 59):
            reminding.remind_due(now=NINE + dt.timedelta(minutes=minutes))

        assert Message.objects.count() == 1

    def test_comes_again_only_when_something_new_waits(self, editor):
        wants(editor, "hour")
        waits()
        reminding.remind_due(now=NINE)

        assert reminding.remind_due(now=NINE + HOUR) == 0
        waits(at=NINE + HOUR + dt.timedelta(minutes=5))
        assert reminding.remind_due(now=NINE + 2 * HOUR) == 1

    @pytest.mark.parametrize("how", ["noticed", "changed"])
    def test_tells_of_an_old_comment_that_waits_again(self, editor, how):
        comment = factories.comment(at=NINE - 10 * DAY, email="noor@example.org")
        wants(editor, "hour")
        held_at = NINE - dt.timedelta(minutes=10)
        if how == "noticed":
            decisions.hold(comment, by=None, now=held_at)
        else:
            Comment.objects.update(submit_date=held_at - dt.timedelta(minutes=5))
            factories.BlockRuleFactory(pattern="casino")
            editing.edit(comment, text="Nu met een casino", now=held_at)

        assert reminding.remind_due(now=NINE) == 1

        text = Message.objects.get(kind="moderation.waiting").text
        assert "1 reactie wacht" in text
        assert "25 november 2026, 09:50" in text

    def test_tells_nothing_anew_of_a_decision_that_was_undone(self, editor):
        wants(editor, "hour", at=NINE)
        comment = waits(at=NINE - DAY)
        act = decisions.reject(comment, by=editor, reason="other", now=NINE)
        undoing.undo(act, by=editor, now=NINE + dt.timedelta(minutes=5))

        assert reminding.remind_due(now=NINE + HOUR) == 0

    def test_does_not_tell_of_what_came_after_the_hour(self, editor):
        wants(editor, "hour")
        waits(at=NINE + dt.timedelta(seconds=1))

        assert reminding.remind_due(now=NINE) == 0
        assert reminding.remind_due(now=NINE + HOUR) == 1

    def test_of_hours_without_a_worker_comes_once(self, editor):
        wants(editor, "hour")
        waits()

        assert reminding.remind_due(now=NINE + 5 * HOUR) == 1
        assert reminding.remind_due(now=NINE + 5 * HOUR) == 0


class TestTheDailyMail:
    def test_comes_at_eight_as_long_as_something_waits(self, editor):
        wants(editor, "day", at=NINE - 2 * DAY)
        waits()

        moments = [NINE + hours * HOUR for hours in range(48)]
        sent = [moment for moment in moments if reminding.remind_due(now=moment)]

        # For the day that began at eight, and then at seven by UTC, eight in winter here.
        assert sent == [NINE, NINE + 22 * HOUR, NINE + 46 * HOUR]

    @pytest.mark.parametrize("day", [dt.date(2026, 3, 29), dt.date(2026, 10, 25)])
    def test_comes_once_on_a_day_on_which_the_clock_changes(self, editor, day):
        start = dt.datetime.combine(day - DAY, dt.time(12), tzinfo=UTC)
        wants(editor, "day", at=start)
        waits(at=start)

        sent = [reminding.remind_due(now=start + hours * HOUR) for hours in range(36)]

        assert sum(sent) == 1

    def test_tells_all_queues_and_what_is_assigned(self, editor):
        wants(editor, "day", at=NINE - DAY)
        comment = waits()
        assigning.assign(comment, to=editor, by=editor, now=NINE - HOUR)
        second_opinions.ask(comment, by=editor, text="", now=NINE - HOUR)
        refused = factories.comment(comment.page.specific, status="rejected")
        objections.object_to(refused, text="Nee", language="nl", now=NINE - HOUR)
        Case.objects.create(comment=refused, opened_at=NINE - HOUR)

        reminding.remind_due(now=NINE)

        text = Message.objects.get(kind="moderation.waiting").text
        for words in (
            "1 reactie wacht",
            "1 bezwaar wacht",
            "1 reactie is gemeld door lezers",
            "1 collega vraagt een tweede mening",
            "1 reactie is aan jou toegewezen",
        ):
            assert words in text


class TestNoMail:
    @pytest.mark.parametrize("rhythm", ["hour", "day"])
    def test_comes_when_nothing_waits(self, editor, rhythm):
        wants(editor, rhythm, at=NINE - DAY)

        assert reminding.remind_due(now=NINE) == 0

    def test_comes_to_who_did_not_ask(self, editor):
        waits()
        wants(editor, "none", at=NINE - DAY)
        factories.UserFactory(moderator=True)

        assert reminding.remind_due(now=NINE) == 0

    def test_comes_to_who_may_no_longer_moderate_or_left(self, editor):
        left = factories.UserFactory(moderator=True)
        for who in (editor, left):
            wants(who, "hour")
        waits()
        editor.user_permissions.clear()
        left.is_active = False
        left.save()

        assert reminding.remind_due(now=NINE) == 0

    def test_comes_to_who_has_no_address(self, editor):
        editor.email = ""
        editor.save()
        wants(editor, "hour")
        waits()

        assert reminding.remind_due(now=NINE) == 0


class TestTheMail:
    def test_is_in_the_language_of_the_moderator(self, editor):
        UserProfile.objects.create(user=editor, preferred_language="en")
        wants(editor, "hour")
        waits()

        reminding.remind_due(now=NINE)

        assert "1 comment waits" in Message.objects.get().text

    def test_comes_by_the_clock_of_the_task(self, editor):
        wants(editor, "hour")
        waits(at=NINE - dt.timedelta(minutes=5))

        with time_machine.travel(NINE + dt.timedelta(minutes=2), tick=False):
            remind()
            remind()

        assert Message.objects.count() == 1

    def test_to_ten_costs_as_many_queries_for_what_waits_as_to_one(
        self, editor, django_assert_max_num_queries
    ):
        wants(editor, "hour")
        for _ in range(9):
            wants(factories.UserFactory(moderator=True), "hour")
        waits()
        Site.get_site_root_paths()  # which the site keeps

        with django_assert_max_num_queries(5 + 10 * 5):
            assert reminding.remind_due(now=NINE) == 10


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
class TestTwoBeatsAtOnce:
    def test_send_one_mail(self):
        editor = factories.UserFactory(moderator=True)
        wants(editor, "hour")
        waits()

        results = together(4, reminding.remind_due, now=NINE)

        assert sorted(results) == [0, 0, 0, 1]
        assert Message.objects.count() == 1


class TestTheChoice:
    @pytest.fixture
    def address(self):
        return reverse("moderation:reminders")

    @pytest.fixture
    def desk(self, client, editor):
        client.force_login(editor)
        return client

    def test_stands_at_its_address(self, address):
        assert address == "/admin/reacties/bericht/"

    def test_is_never_until_something_is_chosen(self, desk, address):
        assert chosen(desk.get(address)) == "none"
        assert not Reminder.objects.exists()

    def test_is_kept_and_shown(self, desk, address, editor):
        response = desk.post(address, {"rhythm": "hour"}, follow=True)

        assert response.redirect_chain == [(address, 303)]
        assert chosen(response) == "hour"
        assert Reminder.objects.get().user == editor

    @pytest.mark.parametrize("rhythm", ["", "minute", "\x00", "x" * 999])
    def test_of_anything_else_changes_nothing(self, desk, address, rhythm):
        assert desk.post(address, {"rhythm": rhythm}).status_code == 422
        assert not Reminder.objects.exists()

    def test_is_for_moderators(self, db):
        with pytest.raises(PermissionDenied):
            wants(factories.UserFactory(), "day")
