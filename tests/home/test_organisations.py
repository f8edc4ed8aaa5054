from urllib.parse import quote

import pytest
from wagtail.models import Locale, PageViewRestriction

from tests.factories import (
    BlogPageFactory,
    ImageFactory,
    OrganisationFactory,
    ToolPageFactory,
    ToolUseFactory,
)
from tests.html import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]

ODD = ["", "0", "x", "\x00", "\u0661", "9" * 19, "-1", "<script>", "a" * 3000]


@pytest.fixture
def organisation():
    return OrganisationFactory(name="Gemeente Waterbeek", type="gemeente")


def address(organisation) -> str:
    return f"/organisaties/{organisation.key}/"


def main(client, path: str, **query) -> str:
    return text_of(client.get(path, query)).split("<main")[1].split("</main>")[0]


class TestAnOrganisation:
    def test_shows_what_it_wrote_made_and_uses(self, client, organisation):
        BlogPageFactory(author__organisation=organisation, title="Wat wij schreven")
        ToolPageFactory(owner_organisation=organisation, title="Wat wij maakten")
        ToolUseFactory(
            organisation=organisation, tool__title="Wat wij gebruiken", note="Dat gaat goed."
        )

        shown = main(client, address(organisation))

        assert "<h1>Gemeente Waterbeek</h1>" in shown
        assert ">Gemeente</p>" in shown
        for words in ("Wat wij schreven", "Wat wij maakten", "Wat wij gebruiken", "Dat gaat goed."):
            assert words in shown

    def test_hides_what_not_everyone_may_read(self, client, organisation):
        ToolPageFactory(owner_organisation=organisation, title="Wat wij maakten")
        ToolPageFactory(owner_organisation=organisation, title="Een concept", live=False)
        ToolUseFactory(organisation=organisation, tool__title="Nog niet nagekeken", waiting=True)
        ToolUseFactory(organisation=organisation, tool__title="Ingetrokken", tool__live=False)
        private = BlogPageFactory(author__organisation=organisation, title="Besloten")
        PageViewRestriction.objects.create(page=private, restriction_type="login")

        shown = main(client, address(organisation))

        for words in ("Een concept", "Nog niet nagekeken", "Ingetrokken", "Besloten"):
            assert words not in shown

    def test_says_so_when_it_wrote_nothing(self, client, organisation):
        ToolPageFactory(owner_organisation=organisation)

        assert "Nog niemand van deze organisatie heeft" in main(client, address(organisation))

    def test_with_nothing_public_is_not_found(self, client, organisation):
        ToolUseFactory(organisation=organisation, waiting=True)

        assert client.get(address(organisation)).status_code == 404

    def test_is_found_under_a_former_name(self, client, organisation):
        ToolUseFactory(organisation=organisation)

        response = client.get(f"/organisaties/{organisation.pk}-oude-naam/")

        assert response.status_code == 301
        assert response["Location"] == f"/organisaties/{organisation.pk}-gemeente-waterbeek/"

    def test_shows_a_translated_tool_once_in_the_language_of_the_page(self, client, organisation):
        use = ToolUseFactory(organisation=organisation, tool__title="Nederlands")
        english = Locale.objects.get_or_create(language_code="en")[0]
        page = use.tool.copy_for_translation(english, copy_parents=True)
        page.title, page.live = "In English", True
        page.save()

        dutch = main(client, address(organisation))
        english_page = main(client, f"/en{address(organisation)}")

        assert ("Nederlands" in dutch, "In English" in dutch) == (True, False)
        assert ">Nederlands</a>" not in english_page
        assert "In English" in english_page

    def test_offers_a_digest_about_it_even_if_it_only_uses_something(self, client, organisation):
        ToolUseFactory(organisation=organisation)
        value = f"organisation:{organisation.pk}"
        assert f'name="wat" value="{value}"' in main(client, address(organisation))

        asked = text_of(client.post("/abonneren/", {"wat": value, "vooraf": "1"}))

        assert f'value="{value}"' in asked
        assert "Gemeente Waterbeek" in asked

    @pytest.mark.parametrize("key", ODD)
    def test_that_is_none_is_not_found(self, client, key):
        assert client.get(f"/organisaties/{quote(key)}/").status_code == 404

    @pytest.mark.parametrize("number", ["", "0", "-1", "2", "abc", "\x00", "\u0661"])
    def test_any_page_number_is_answered(self, client, organisation, number):
        ToolUseFactory(organisation=organisation)

        assert client.get(address(organisation), {"pagina": number}).status_code == 200

    def test_costs_as_many_queries_with_much_as_with_little(
        self, client, organisation, count_queries
    ):
        def add() -> None:
            BlogPageFactory(author__organisation=organisation, image=ImageFactory())
            ToolPageFactory(owner_organisation=organisation, image=ImageFactory())
            ToolUseFactory(organisation=organisation)

        add()
        once = count_queries(lambda: client.get(address(organisation)))
        for _ in range(4):
            add()

        assert count_queries(lambda: client.get(address(organisation))) == once
        assert once <= 16


class TestTheSitemap:
    def test_lists_who_and_what_everyone_can_read_about(self, client, organisation):
        post = BlogPageFactory(author__organisation=organisation)
        post.tags.add("water")
        post.save()
        ToolUseFactory(organisation__name="Gemeente Dijkhoven")
        ToolUseFactory(organisation__name="Wacht nog", waiting=True)
        silent = BlogPageFactory(live=False)

        shown = text_of(client.get("/sitemap.xml"))

        for path in (
            post.author.get_absolute_url(),
            address(organisation),
            "/onderwerpen/water/",
        ):
            assert f"<loc>https://estafette.example.org{path}</loc>" in shown
        assert "-gemeente-dijkhoven/" in shown
        assert "-wacht-nog/" not in shown
        assert silent.author.get_absolute_url() not in shown
