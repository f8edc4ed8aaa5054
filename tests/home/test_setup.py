import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from wagtail.models import Locale, Page, Site

from home.models import HomePage
from home.setup import ensure_site
from tests.html import text_of

OWED = ["/toegankelijkheid/", "/privacy/", "/huisregels/"]


def everything() -> list[tuple]:
    pages = Page.objects.values_list("pk", "slug", "latest_revision")
    return [*pages.order_by("pk"), *Group.objects.values_list("pk", "permissions").order_by("pk")]


class TestSetupSite:
    @pytest.mark.both
    def test_makes_a_site_of_a_fresh_installation(self, untouched, client):
        call_command("setup_site")

        assert {client.get(path).status_code for path in ["/", "/blog/", "/hulpmiddelen/"]} == {200}
        assert {client.get(path).status_code for path in OWED} == {200}

    def test_makes_the_english_side(self, untouched, client):
        call_command("setup_site")

        for path in ["/en/", "/en/blog/", "/en/tools/", *(f"/en{path}" for path in OWED)]:
            assert 'lang="en"' in text_of(client.get(path)), path

    @pytest.mark.both
    def test_changes_nothing_the_second_time(self, untouched):
        call_command("setup_site")
        before = everything()

        call_command("setup_site")

        assert everything() == before

    def test_leaves_an_editors_text_alone(self, untouched, client):
        home = ensure_site().home
        HomePage.objects.filter(pk=home.pk).update(lead="Onze eigen woorden.")

        call_command("setup_site")

        assert "Onze eigen woorden." in text_of(client.get("/"))

    def test_removes_wagtails_welcome(self, untouched):
        call_command("setup_site")

        assert not Page.objects.filter(title__startswith="Welcome to").exists()
        assert [page.slug for page in Page.objects.filter(depth=2).order_by("pk")] == [
            "home",
            "home-en",
        ]

    @pytest.mark.parametrize(
        ("base_url", "host", "port"),
        [
            ("https://stad.example.org", "stad.example.org", 443),
            ("http://127.0.0.1:8010", "127.0.0.1", 8010),
        ],
    )
    def test_points_wagtails_site_at_the_home_page(self, untouched, settings, base_url, host, port):
        ensure_site()
        settings.BASE_URL = base_url

        home = ensure_site().home

        site = Site.objects.get()
        assert (site.hostname, site.port, site.root_page_id) == (host, port, home.pk)
        assert site.is_default_site

    def test_keeps_a_home_page_that_is_there(self, home):
        assert ensure_site().home == home
        assert HomePage.objects.count() == 2  # and its translation

    def test_gives_the_address_to_write_to(self, untouched, client, settings):
        settings.DEFAULT_FROM_EMAIL = "Stad <stad@example.org>"

        call_command("setup_site")

        assert "stad@example.org" in text_of(client.get("/privacy/"))
        assert "{contact}" not in text_of(client.get("/privacy/"))

    def test_pairs_each_page_with_its_translation(self, untouched):
        site = ensure_site()
        english = Locale.objects.get(language_code="en")

        for page in (site.home, site.blog, site.tools, *site.standard.values()):
            assert page.has_translation(english), page
