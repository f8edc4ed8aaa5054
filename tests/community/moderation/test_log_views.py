import csv
import datetime as dt
import io
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from community.moderation import decisions, log
from community.moderation.exporting import COLUMNS
from community.moderation.models import Act
from tests import factories
from tests.html import text_of

LOG = "/admin/reacties/logboek/"
ODD = ["\x00", "x" * 3000, "-1", "9" * 30, "0001-01-01", "9999-12-31", "' or 1=1"]


@pytest.fixture
def editor(db):
    return factories.UserFactory(moderator=True, first_name="Evelien")


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


@pytest.fixture
def comment(db):
    return factories.comment(status="pending")


def write(comment, editor, **kwargs) -> Act:
    defaults = {"kind": "assigned", "by": editor, "comment": comment}
    return log.write(**{**defaults, **kwargs})


def shown(client, **query) -> str:
    response = client.get(LOG, query)
    assert response.status_code == 200
    return text_of(response)


def body(response) -> str:
    return b"".join(response.streaming_content).decode("utf-8-sig")


class TestTheLog:
    def test_stands_at_its_address(self):
        assert reverse("moderation:log") == LOG

    def test_says_when_it_is_empty(self, desk):
        assert "Het logboek is leeg" in shown(desk)

    def test_shows_who_did_what_and_why_newest_first(self, desk, comment, editor):
        write(comment, editor, note="Eerst dit", at=timezone.now() - dt.timedelta(hours=1))
        decisions.reject(comment, by=editor, reason="off_topic", explanation="Past hier niet")

        page = shown(desk)

        assert page.index("Past hier niet") < page.index("Eerst dit")
        for words in (str(editor), "gaat niet over dit onderwerp", comment.page.title):
            assert words in page
        assert f'href="/admin/reacties/{comment.public_id}/"' in page

    def test_outlives_the_comment_and_the_account(self, desk, comment):
        gone = factories.UserFactory(moderator=True)
        write(comment, gone, note="Nog leesbaar")
        title, public_id = comment.page.title, comment.public_id
        comment.page.delete()
        gone.delete()

        page = shown(desk)

        assert "Nog leesbaar" in page
        assert title in page
        assert "iemand van wie het account weg is" in page
        assert f'href="/admin/reacties/{public_id}/"' not in page

    def test_names_the_software(self, desk, comment):
        write(comment, None, kind="held", initiative="software")

        assert "de software" in shown(desk)

    def test_does_not_run_what_people_write(self, desk, comment, editor):
        write(comment, editor, note="<script>alert(1)</script>")

        assert "<script>alert" not in shown(desk)

    def test_of_fifty_costs_as_many_queries_as_of_one(
        self, desk, comment, editor, django_assert_num_queries
    ):
        write(comment, editor)
        desk.get(LOG)
        with CaptureQueriesContext(connection) as one:
            desk.get(LOG)
        for _ in range(60):
            write(comment, editor)

        with django_assert_num_queries(len(one)):
            desk.get(LOG)


class TestThePages:
    def test_hold_every_line_once_though_moments_are_the_same(self, desk, comment, editor):
        at = timezone.now()
        for number in range(120):
            write(comment, editor, note=f"Regel {number}.", at=at)
        seen, query = [], {}
        while True:
            response = desk.get(LOG, query)
            lines = response.context["lines"]
            seen += [act.pk for act in lines.acts]
            if lines.next_key is None:
                break
            query = {"voor": lines.next_key}

        assert len(seen) == len(set(seen)) == 120
        assert seen == sorted(seen, reverse=True)

    def test_are_not_shifted_by_what_is_written_meanwhile(self, desk, comment, editor):
        acts = [write(comment, editor) for _ in range(60)]
        key = desk.get(LOG).context["lines"].next_key
        write(comment, editor)

        older = desk.get(LOG, {"voor": key}).context["lines"].acts

        assert [act.pk for act in older] == [act.pk for act in reversed(acts[:10])]

    @pytest.mark.parametrize("key", ["", "0", "-1", "x", "\x00", "9" * 30, str(2**63), "\u0661"])
    def test_begin_anew_after_a_key_that_is_none(self, desk, comment, editor, key):
        write(comment, editor, note="Deze regel")

        assert "Deze regel" in shown(desk, voor=key)


class TestTheFilters:
    @pytest.fixture
    def lines(self, comment, editor):
        other = factories.UserFactory(moderator=True)
        day = dt.datetime(2026, 11, 10, 23, 30, tzinfo=dt.UTC)  # already the eleventh here
        write(comment, editor, kind="assigned", note="Door Evelien", at=day)
        write(comment, other, kind="second_opinion", note="Door een ander")
        write(comment, None, kind="held", note="Door software")
        decisions.reject(comment, by=other, reason="hate")

    @pytest.mark.parametrize(
        ("query", "found", "missing"),
        [
            ({"soort": "second_opinion"}, "Door een ander", "Door Evelien"),
            ({"wie": "software"}, "Door software", "Door Evelien"),
            ({"reden": "hate"}, "haat", "Door Evelien"),
            ({"van": "2026-11-11", "tot": "2026-11-11"}, "Door Evelien", "Door een ander"),
            ({"tot": "2026-11-10"}, "Geen regel past", "Door Evelien"),
        ],
    )
    def test_leave_what_fits(self, desk, lines, query, found, missing):
        page = shown(desk, **query)

        assert found in page
        assert missing not in page

    def test_by_moderator_leave_what_that_one_did(self, desk, lines, editor):
        page = shown(desk, wie=editor.pk)

        assert "Door Evelien" in page
        assert "Door een ander" not in page

    @pytest.mark.parametrize("name", ["soort", "wie", "reden", "van", "tot", "onbekend"])
    def test_answer_anything(self, desk, lines, name):
        for value in ODD:
            assert desk.get(LOG, {name: value}).status_code == 200, value
            assert desk.get(f"{LOG}export.csv", {name: value}).status_code == 200, value

    def test_lead_on_to_older_lines_and_the_files(self, desk, comment, editor):
        for _ in range(60):
            write(comment, editor)

        page = shown(desk, soort="assigned")

        assert "?soort=assigned&amp;voor=" in page
        assert "export.csv?soort=assigned" in page


class TestTheFiles:
    def test_hold_every_line_as_csv(self, desk, comment, editor):
        act = decisions.reject(comment, by=editor, reason="hate", explanation="Nee")

        response = desk.get(f"{LOG}export.csv")

        assert response["Content-Disposition"] == 'attachment; filename="logboek.csv"'
        [row] = csv.DictReader(io.StringIO(body(response)))
        assert list(row) == COLUMNS
        assert row["who"] == editor.username
        assert (row["from"], row["to"], row["reason"]) == ("pending", "rejected", "hate")
        assert row["comment"] == str(comment.public_id)
        assert row["at"] == act.at.isoformat()

    def test_hold_every_line_as_json(self, desk, comment, editor):
        for number in range(3):
            write(comment, editor, note=f"“Regel” {number}")

        rows = json.loads(body(desk.get(f"{LOG}export.json")))

        assert [row["note"] for row in rows] == ["“Regel” 2", "“Regel” 1", "“Regel” 0"]

    def test_of_an_empty_log_are_good_files(self, desk):
        assert json.loads(body(desk.get(f"{LOG}export.json"))) == []
        assert body(desk.get(f"{LOG}export.csv")).strip() == ",".join(COLUMNS)

    @pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t"])
    def test_give_no_formula_to_a_spreadsheet(self, desk, comment, editor, start):
        write(comment, editor, note=f'{start}HYPERLINK("x")')

        [row] = csv.DictReader(io.StringIO(body(desk.get(f"{LOG}export.csv"))))

        assert row["note"].startswith("'")

    def test_follow_the_filters(self, desk, comment, editor):
        write(comment, editor)
        write(comment, editor, kind="rule")

        rows = json.loads(body(desk.get(f"{LOG}export.json", {"soort": "rule"})))

        assert [row["kind"] for row in rows] == ["rule"]

    def test_are_written_with_one_query_however_long(
        self, desk, comment, editor, django_assert_num_queries
    ):
        for _ in range(30):
            write(comment, editor)
        response = desk.get(f"{LOG}export.csv")

        with django_assert_num_queries(1):
            assert len(body(response).splitlines()) == 31

    @pytest.mark.parametrize("name", ["", "export.csv", "export.json"])
    def test_are_for_moderators(self, client, db, name):
        client.force_login(factories.UserFactory())

        assert client.get(LOG + name).status_code in {302, 403}
