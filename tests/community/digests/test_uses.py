import datetime as dt

import pytest
from wagtail.models import Locale

from community.subscriptions.selections import Selection
from tests.community.digests.news import (
    BEFORE,
    IN,
    SINCE,
    UNTIL,
    between,
    make_private,
    old_tool,
    use,
)
from tests.factories import (
    OrganisationFactory,
)
from tools.vocabulary import Experience

SECOND = dt.timedelta(seconds=1)
DAY = dt.timedelta(days=1)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]


def told(news) -> list[str]:
    return [use.organisation for tool in news.used_tools for use in tool.uses]


def in_english(tool, **kwargs):
    english = Locale.objects.get_or_create(language_code="en")[0]
    page = tool.copy_for_translation(english, copy_parents=True)
    page.title, page.live, page.first_published_at = "In English", True, BEFORE
    page.save()
    return page


class TestUses:
    def test_are_those_of_the_half_open_period_newest_first(self):
        tool = old_tool()
        use(SINCE - SECOND, tool, organisation__name="te vroeg")
        use(SINCE, tool, organisation__name="eerste")
        use(UNTIL - SECOND, tool, organisation__name="laatste")
        use(UNTIL, tool, organisation__name="te laat")

        assert told(between()) == ["laatste", "eerste"]

    def test_stand_together_under_their_tool(self):
        first, second = old_tool(title="Eerste"), old_tool(title="Tweede")
        use(IN, first, organisation__name="A")
        use(IN + SECOND, second, organisation__name="B")
        use(IN + 2 * SECOND, first, organisation__name="C")

        found = between().used_tools

        assert [(tool.title, [use.organisation for use in tool.uses]) for tool in found] == [
            ("Eerste", ["C", "A"]),
            ("Tweede", ["B"]),
        ]

    def test_tell_how_it_goes_in_the_words_of_the_reader(self):
        use(experience=Experience.PARTLY, since_year=2024, note="Het scheelt werk.")

        [[dutch], [english]] = [between(code).used_tools[0].uses for code in ("nl", "en")]

        assert (dutch.experience, english.experience) == ("werkt deels", "works in part")
        assert (dutch.since_year, dutch.note, dutch.language) == (2024, "Het scheelt werk.", "nl")

    def test_lead_to_the_tool_in_the_language_of_the_reader(self):
        tool = old_tool(title="Nederlands", slug="lokaal-meten")
        in_english(tool)
        use(tool=tool)

        [dutch], [english] = between("nl").used_tools, between("en").used_tools

        assert (dutch.title, english.title) == ("Nederlands", "In English")
        assert dutch.url.endswith("/hulpmiddelen/lokaal-meten/#wij-gebruiken-dit")
        assert "/en/" in english.url

    def test_are_told_of_a_tool_that_has_no_page_in_that_language(self):
        use(tool=old_tool(title="Nederlands"))

        [tool] = between("en").used_tools

        assert (tool.title, tool.language) == ("Nederlands", "nl")

    def test_are_those_that_everyone_may_read(self):
        use(waiting=True)
        use(tool=old_tool(live=False))
        use(tool=make_private_tool())

        assert between().is_empty

    def test_that_were_withdrawn_since_are_left_out(self):
        withdrawn = use()
        withdrawn.verified_at = None
        withdrawn.save()

        assert between().is_empty

    def test_alone_are_news(self):
        use(tool=old_tool(title="Lokaal meten"))

        news = between()

        assert not news.is_empty
        assert news.best == "Lokaal meten"

    def test_beyond_ten_are_counted(self):
        many, one = old_tool(), old_tool()
        use(SINCE, one)
        for number in range(12):
            use(IN + number * SECOND, many)

        news = between()

        assert [(len(tool.uses), tool.more) for tool in news.used_tools] == [(10, 2)]
        assert (news.more_uses, news.uses_elsewhere) == (3, 1)
        assert news.uses_url == "https://estafette.example.org/hulpmiddelen/"

    def test_cost_the_same_for_much_as_for_little(self, count_queries):
        use()
        little = count_queries(between)
        for _ in range(9):
            use()

        assert count_queries(between) == little


def make_private_tool():
    tool = old_tool()
    make_private(tool)
    return tool


class TestASelection:
    @pytest.mark.parametrize(
        ("choice", "expected"),
        [
            (("tools", ""), {"A", "B"}),
            (("tools", "process=besturen"), {"A"}),
            (("tools", "process=beheren"), set()),
            (("everything", ""), {"A", "B"}),
            (("tag", "x"), set()),
            (("organisation", "x"), set()),
        ],
    )
    def test_takes_the_uses_of_its_tools(self, choice, expected):
        use(tool=old_tool(process="besturen"), organisation__name="A")
        use(tool=old_tool(process="ontwerpen"), organisation__name="B")

        assert set(told(between(selection=Selection.of([choice])))) == expected

    def test_takes_what_an_organisation_uses_and_who_uses_its_tools(self):
        mine = OrganisationFactory(name="Van mij")
        use(organisation=mine)
        use(tool=old_tool(owner_organisation=mine), organisation__name="Gebruiker")
        use(organisation__name="Iemand anders")

        news = between(selection=Selection.of([("organisation", str(mine.pk))]))

        assert set(told(news)) == {"Van mij", "Gebruiker"}

    def test_takes_them_by_a_translation_that_fits(self):
        tool = old_tool(process="besturen")
        in_english(tool)
        use(tool=tool, organisation__name="A")

        news = between("en", selection=Selection.of([("tools", "process=besturen")]))

        assert told(news) == ["A"]
