import pytest

from tests.factories import (
    ImageFactory,
    ToolCriterionFactory,
    ToolPageFactory,
    ToolStepFactory,
)
from tests.html import text_of

pytestmark = pytest.mark.both

HOSTILE = ["", "x", "\x00", "\u0661", "ontwerpen'--", "<script>", "a" * 10_000]


class TestToolIndexPage:
    def test_shows_the_tools_by_name(self, client, tool_index):
        ToolPageFactory(title="Weegschaal")
        ToolPageFactory(title="Afwegingskader")

        shown = text_of(client.get(tool_index.url))

        assert shown.index("Afwegingskader") < shown.index("Weegschaal")

    def test_shows_only_what_fits_the_filter(self, client, tool_index):
        ToolPageFactory(title="Weegschaal", process="besturen", category="bestuur")
        ToolPageFactory(title="Afwegingskader", process="besturen", category="data")
        ToolPageFactory(title="Meetlat", process="ontwerpen", category="data")

        response = client.get(tool_index.url, {"process": "besturen", "category": "data"})

        assert "Afwegingskader" in text_of(response)
        assert "Weegschaal" not in text_of(response)
        assert "Meetlat" not in text_of(response)
        assert '<option value="besturen" selected>' in text_of(response)

    def test_gives_the_filter_to_the_exports(self, client, tool_index):
        ToolPageFactory(process="besturen")

        shown = text_of(client.get(tool_index.url, {"process": "besturen"}))

        assert 'href="/hulpmiddelen/export.csv?process=besturen"' in shown

    @pytest.mark.parametrize("value", HOSTILE)
    def test_ignores_values_that_it_does_not_know(self, client, tool_index, value):
        tool = ToolPageFactory()

        response = client.get(tool_index.url, {"process": value, "category": value, "x": value})

        assert response.status_code == 200
        assert tool.title in text_of(response)

    def test_shows_the_way_out_when_nothing_fits(self, client, tool_index):
        ToolPageFactory(process="ontwerpen")

        shown = text_of(client.get(tool_index.url, {"process": "besturen"}))

        assert 'class="empty stack"' in shown
        assert f'class="button" href="{tool_index.url}"' in shown

    def test_says_so_when_there_are_no_tools(self, client, tool_index):
        assert 'class="empty"' in text_of(client.get(tool_index.url))

    def test_ten_tools_cost_as_many_queries_as_one(self, client, tool_index, count_queries):
        ToolPageFactory(image=ImageFactory())
        once = count_queries(lambda: client.get(tool_index.url))
        for _ in range(9):
            ToolPageFactory(image=ImageFactory())

        assert count_queries(lambda: client.get(tool_index.url)) == once
        assert once <= 12


class TestToolPage:
    def test_shows_all_that_is_known(self, client, tool_index):
        tool = ToolPageFactory(
            reason="Steeds dezelfde vraag.",
            considerations="Reken op een half jaar.",
            example="In Middelveen ging het zo.",
            website="https://example.org/model",
            licence="CC-BY-4.0",
            minutes_min=60,
            minutes_max=480,
            image=ImageFactory(),
            body=[("text", "<p>Een model met toelichting.</p>")],
        )
        ToolStepFactory(tool=tool, text="Lees het model.")

        shown = text_of(client.get(tool.get_url()))

        for words in ["Steeds dezelfde vraag.", "Reken op een half jaar.", "In Middelveen"]:
            assert words in shown
        for words in [
            'href="https://example.org/model"',
            "CC-BY-4.0",
            "Een model met toelichting.",
        ]:
            assert words in shown
        for words in [
            "Lees het model.",
            tool.question,
            tool.one_line,
            tool.owner_organisation.name,
        ]:
            assert words in shown

    @pytest.mark.parametrize(
        ("answer", "dial"), [("nee", "dial--none"), ("deels", "dial--half"), ("ja", "dial--full")]
    )
    def test_gives_each_criterion_in_words_and_as_a_dial(self, client, tool_index, answer, dial):
        criterion = ToolCriterionFactory(answer=answer, why="Daarom dus.")

        shown = text_of(client.get(criterion.tool.get_url()))

        assert criterion.get_answer_display() in shown
        assert dial in shown
        assert "Daarom dus." in shown

    def test_is_a_page_with_nothing_but_the_least(self, client, tool_index):
        tool = ToolPageFactory(owner_organisation=None)

        assert client.get(tool.get_url()).status_code == 200

    def test_five_criteria_cost_as_many_queries_as_one(self, client, tool_index, count_queries):
        tool = ToolPageFactory()
        ToolCriterionFactory(tool=tool, criterion="haalbaar")
        ToolStepFactory(tool=tool)
        once = count_queries(lambda: client.get(tool.get_url()))
        for criterion in ["schaalbaar", "deelbaar", "democratisch", "duurzaam"]:
            ToolCriterionFactory(tool=tool, criterion=criterion)
            ToolStepFactory(tool=tool)

        assert count_queries(lambda: client.get(tool.get_url())) == once
        assert once <= 12
