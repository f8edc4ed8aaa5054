import pytest
from django.urls import Resolver404, resolve, reverse
from django.utils import translation

FIXED = {
    "health_live": "/health/live",
    "health_ready": "/health/ready",
    "security_txt": "/.well-known/security.txt",
    "robots_txt": "/robots.txt",
    "sitemap": "/sitemap.xml",
    "wagtailadmin_home": "/admin/",
}
FOR_READERS = {
    "blog:chains": "/keten/",
    "blog:feed": "/blog/feed.atom",
    "subscriptions:subscribe": "/abonneren/",
    "members:home": "/mijn/",
    "members:login": "/mijn/inloggen/",
}


class TestAddresses:
    @pytest.mark.parametrize(("name", "address"), FIXED.items())
    @pytest.mark.parametrize("language", ["nl", "en"])
    def test_for_machines_are_the_same_in_every_language(self, name, address, language):
        with translation.override(language):
            assert reverse(name) == address

    @pytest.mark.parametrize(("name", "address"), FOR_READERS.items())
    def test_for_readers_are_dutch_at_the_root_and_english_under_en(self, name, address):
        with translation.override("nl"):
            assert reverse(name) == address
        with translation.override("en"):
            assert reverse(name) == f"/en{address}"

    def test_leave_everything_else_to_wagtail(self):
        assert resolve("/huisregels/").url_name == "wagtail_serve"

    @pytest.mark.parametrize(
        "address",
        ["/reacties/api/", "/reacties/like/1/", "/reacties/flag/1/", "/admin/api/v3/pages/"],
    )
    def test_do_not_include_those_of_the_packages(self, address):
        try:
            found = resolve(address)
        except Resolver404:
            return
        assert "django_comments" not in found.func.__module__
        assert "api.v3" not in found.func.__module__

    def test_have_no_mailbox_outside_the_demo(self, client, site):
        assert client.get("/postvak/").status_code == 404
        assert client.get("/media/foto.jpg").status_code == 404


class TestMissingPage:
    @pytest.mark.parametrize("address", ["/bestaat-niet/", "/en/bestaat-niet/", "/%00", "/a%ffb/"])
    def test_is_answered_with_a_page(self, client, site, address):
        response = client.get(address)

        assert response.status_code == 404
        assert "Set-Cookie" not in response.headers
