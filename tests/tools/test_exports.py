import csv
import io

import pytest
from wagtail.models import PageViewRestriction

from tests.factories import ToolPageFactory
from tools.exports import COLUMNS

CSV, JSON = "/hulpmiddelen/export.csv", "/hulpmiddelen/export.json"


def read_csv(response) -> list[dict]:
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))


class TestCsv:
    def test_has_a_row_for_each_tool(self, client, tool_index):
        tool = ToolPageFactory(title="Lokaal meten", minutes_min=30)

        response = client.get(CSV)
        [row] = read_csv(response)

        assert list(row) == COLUMNS
        assert row["name"] == "Lokaal meten"
        assert row["address"] == f"https://estafette.example.org{tool.get_url()}"
        assert row["minutes_min"] == "30"
        assert row["minutes_max"] == ""
        assert response["Content-Type"] == "text/csv; charset=utf-8"

    @pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t"])
    def test_gives_no_formula_to_a_spreadsheet(self, client, tool_index, start):
        ToolPageFactory(title=f'{start}HYPERLINK("x")', slug="formule")

        [row] = read_csv(client.get(CSV))

        assert row["name"].startswith("'")


class TestJson:
    def test_has_each_tool_as_the_vocabulary_has_it(self, client, tool_index):
        tool = ToolPageFactory(process="besturen")

        answer = client.get(JSON).json()

        assert answer["filter"] == {}
        assert answer["tools"][0]["process"] == "besturen"
        assert answer["tools"][0]["owner"] == tool.owner_organisation.name
        assert answer["tools"][0]["licence"] == ""


class TestBoth:
    def test_follow_the_filter(self, client, tool_index):
        ToolPageFactory(title="Meetlat", process="ontwerpen")
        ToolPageFactory(title="Weegschaal", process="besturen")

        [row] = read_csv(client.get(CSV, {"process": "besturen"}))
        answer = client.get(JSON, {"process": "besturen"}).json()

        assert row["name"] == "Weegschaal"
        assert [tool["name"] for tool in answer["tools"]] == ["Weegschaal"]
        assert answer["filter"] == {"process": "besturen"}

    @pytest.mark.parametrize("address", [CSV, JSON])
    @pytest.mark.parametrize("value", ["", "x", "\x00", "a" * 10_000])
    def test_ignore_values_that_they_do_not_know(self, client, tool_index, address, value):
        assert client.get(address, {"process": value, "category": value}).status_code == 200

    def test_have_nothing_private(self, client, tool_index):
        ToolPageFactory(live=False)
        private = ToolPageFactory()
        PageViewRestriction.objects.create(page=private, restriction_type="login")

        assert client.get(JSON).json()["tools"] == []

    def test_ten_tools_cost_as_many_queries_as_one(self, client, tool_index, count_queries):
        ToolPageFactory()
        once = count_queries(lambda: client.get(CSV))
        for _ in range(9):
            ToolPageFactory()

        assert count_queries(lambda: client.get(CSV)) == once
