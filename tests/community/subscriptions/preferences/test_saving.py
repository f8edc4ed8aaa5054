"""Preferences that are saved."""

import datetime as dt

import pytest
import time_machine
from django.test import Client

from community.subscriptions import preferences, selections, subscriptions
from community.subscriptions.schedules import Schedule
from community.subscriptions.selections import EVERYTHING, Selection
from tests import factories
from tests.community.subscriptions.preferences.saving import DAY, path_of, rows, save, words
from tests.factories import SubscriptionFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]

NOW = dt.datetime(2026, 11, 25, 12, tzinfo=dt.UTC)  # a Wednesday


class TestSaving:
    def test_keeps_what_was_chosen(self, browser, subscription):
        chain = factories.ChainFactory()

        response = save(
            browser,
            subscription,
            about=[f"chain:{chain.pk}", "tools:"],
            frequency="weekly",
            weekday="4",
            hour="17",
            time_zone="America/Paramaribo",
            language="en",
        )

        subscription.refresh_from_db()
        assert response.status_code == 200
        assert "Je wensen zijn bewaard." in words(response)
        assert Schedule.of(subscription) == Schedule("weekly", 4, 17, "America/Paramaribo")
        assert subscription.language == "en"
        assert selections.of(subscription) == Selection.of(
            [("chain", str(chain.pk)), ("tools", "")]
        )

    @pytest.mark.parametrize(
        "changes",
        [
            {"about": []},
            {"about": ["chain:9999"]},
            {"about": ["onzin:"]},
            {"about": ["tools:process=onzin"]},
            {"about": ["\x00"]},
            {"about": ["everything:", "x" * 9000]},
            {"frequency": "hourly"},
            {"frequency": ""},
            {"weekday": "7"},
            {"weekday": "-1"},
            {"weekday": "\u0661"},
            {"hour": "24"},
            {"hour": ""},
            {"time_zone": "Mars/Olympus"},
            {"time_zone": "../../etc/passwd"},
            {"paused_until": "gisteren"},
            {"paused_until": "2020-01-01"},
            {"paused_until": "9999-12-31"},
            {"paused_until": "\x00"},
            {"language": "xx"},
        ],
    )
    def test_wrongly_gives_the_form_back_and_changes_nothing(self, browser, subscription, changes):
        before = rows()

        response = save(browser, subscription, **changes)

        assert response.status_code == 422
        assert '<div class="error-summary"' in response.content.decode()
        assert "<title>Fout:" in response.content.decode()
        assert rows() == before

    def test_everything_beside_other_things_is_everything(self, browser, blog_index):
        tool = ("tools", "process=besturen")
        subscription = SubscriptionFactory(confirmed=True, choices=[tool])

        response = save(browser, subscription, about=[":".join(tool), "everything:"])

        assert response.status_code == 200
        assert selections.of(subscription) == selections.EVERYTHING

    def test_from_another_site_is_refused(self, subscription):
        other = Client(headers={"Sec-Fetch-Site": "cross-site"})
        before = rows()

        assert save(other, subscription, frequency="daily").status_code == 403
        assert other.post(path_of(subscription, "erase")).status_code == 403
        assert rows() == before

    def test_a_pause_keeps_the_digest_away_until_its_day(self, browser, subscription):
        with time_machine.travel(NOW, tick=False):
            save(browser, subscription, paused_until="2026-12-24")

            page = browser.get(path_of(subscription)).content.decode()

        subscription.refresh_from_db()
        assert subscription.next_digest_at == dt.datetime(2026, 12, 28, 7, tzinfo=dt.UTC)
        assert 'value="2026-12-24"' in page


class TestChange:
    @staticmethod
    def change(subscription, now=NOW, **kwargs):
        schedule = Schedule(**{"frequency": "daily", **kwargs})
        preferences.change(
            subscription, selection=EVERYTHING, schedule=schedule, language="nl", now=now
        )
        subscription.refresh_from_db()

    def test_moves_the_next_digest_and_not_where_it_begins(self):
        mine = SubscriptionFactory(confirmed=True, next_digest_at=NOW + 5 * DAY)
        until = mine.digested_until

        self.change(mine, hour=20)

        assert mine.next_digest_at == dt.datetime(2026, 11, 25, 19, tzinfo=dt.UTC)
        assert mine.digested_until == until

    def test_leaves_what_is_due_unless_there_is_a_pause(self):
        mine = SubscriptionFactory(confirmed=True, next_digest_at=NOW)

        self.change(mine)
        assert mine.next_digest_at == NOW

        self.change(mine, paused_until=dt.date(2026, 12, 1))
        assert mine.next_digest_at == dt.datetime(2026, 12, 1, 7, tzinfo=dt.UTC)

    def test_of_one_that_has_ended_is_refused(self):
        with pytest.raises(subscriptions.Ended):
            self.change(SubscriptionFactory(ended=True))
