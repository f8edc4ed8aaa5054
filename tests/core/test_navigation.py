import pytest
from wagtail.models import PageViewRestriction

from tests.factories import BlogPageFactory, StandardPageFactory, the_home
from tests.html import text_of

pytestmark = pytest.mark.both


class TestMenu:
    def test_has_the_pages_that_editors_put_in_it(self, client, home):
        StandardPageFactory(title="Over ons", show_in_menus=True)
        StandardPageFactory(title="Terzijde")

        shown = text_of(client.get(home.url))

        assert ">Over ons</a>" in shown
        assert "Terzijde" not in shown

    def test_keeps_drafts_and_private_pages_out(self, client, home):
        StandardPageFactory(title="Ontwerp", show_in_menus=True, live=False)
        private = StandardPageFactory(title="Besloten", show_in_menus=True)
        PageViewRestriction.objects.create(page=private, restriction_type="login")

        shown = text_of(client.get(home.url))

        assert "Ontwerp" not in shown
        assert "Besloten" not in shown

    def test_keeps_an_alias_of_a_private_page_out(self, client, home):
        private = StandardPageFactory(title="Besloten", parent=StandardPageFactory())
        alias = private.create_alias(parent=home, update_slug="elders")
        alias.show_in_menus = True
        alias.save()
        assert "Besloten" in text_of(client.get(home.url))

        PageViewRestriction.objects.create(page=private, restriction_type="login")

        assert "Besloten" not in text_of(client.get(home.url))

    def test_marks_where_the_reader_is(self, client, blog_index):
        here = client.get(blog_index.url)
        below = client.get(BlogPageFactory().url)

        assert f'href="{blog_index.url}" aria-current="page"' in text_of(here)
        assert f'href="{blog_index.url}" aria-current="true"' in text_of(below)


class TestFooter:
    def test_links_what_a_public_site_owes(self, client, home):
        pages = [
            StandardPageFactory(title=slug.capitalize(), slug=slug)
            for slug in ("toegankelijkheid", "privacy", "huisregels")
        ]

        shown = text_of(client.get(home.url))

        for page in pages:
            assert f'href="{page.url}">{page.title}</a>' in shown

    def test_falls_back_on_dutch_where_there_is_no_english(self, client, english_home):
        StandardPageFactory(title="Privacy", slug="privacy")

        shown = text_of(client.get("/en/"))

        assert 'href="/privacy/" lang="nl" hreflang="nl">Privacy</a>' in shown


class TestLanguages:
    def test_a_page_without_a_translation_offers_none(self, client, home):
        assert "hreflang" not in text_of(client.get(home.url))

    def test_a_translated_page_leads_to_its_translation(self, client, english_home):
        shown = text_of(client.get(the_home().url))

        assert 'href="/en/" lang="en" hreflang="en">English</a>' in shown
        assert '<link rel="alternate" hreflang="nl"' in shown

    def test_a_draft_translation_is_not_offered(self, client, english_home):
        english_home.unpublish()

        assert 'hreflang="en"' not in text_of(client.get("/"))

    @pytest.mark.parametrize("depth", [0, 1, 2])
    def test_a_translation_that_not_everyone_may_read_is_not_offered(
        self, client, english_home, depth
    ):
        section = StandardPageFactory(title="Over ons", slug="over-ons")
        page = StandardPageFactory(title="Wie", slug="wie", parent=section)
        english = english_home.locale
        for source, slug in [(section, "about"), (page, "secret-team")]:
            translated = source.copy_for_translation(english)
            translated.slug, translated.live = slug, True
            translated.save()
        above = [english_home, translated.get_parent(), translated][depth]
        assert "secret-team" in text_of(client.get(page.url))

        PageViewRestriction.objects.create(page=above, restriction_type="login")

        shown = text_of(client.get(page.url))
        assert "secret-team" not in shown
        assert "hreflang" not in shown
        if depth < 2:
            assert "/en/about/" not in text_of(client.get(section.url))

    def test_an_address_that_is_no_page_is_there_in_both(self, client, english_home):
        assert 'href="/en/keten/" lang="en"' in text_of(client.get("/keten/"))
        assert 'href="/keten/" lang="nl"' in text_of(client.get("/en/keten/"))


class TestBreadcrumbs:
    def test_show_the_way_to_a_page_of_any_depth(self, client, home):
        parent = StandardPageFactory(title="Over ons")
        child = StandardPageFactory(title="Wie wij zijn", parent=parent)
        grandchild = StandardPageFactory(title="Adres", parent=child)

        shown = text_of(client.get(grandchild.url))

        assert f'href="{parent.url}">Over ons</a>' in shown
        assert f'href="{child.url}">Wie wij zijn</a>' in shown
        assert '<span aria-current="page">Adres</span>' in shown
