from datetime import UTC, datetime

import pytest
from django.utils import timezone

from tests import factories


def lines(response) -> dict[str, str]:
    return dict(line.split(": ", 1) for line in response.content.decode().splitlines())


class TestSecurityTxt:
    def test_says_whom_to_tell_and_until_when(self, client, settings):
        response = client.get("/.well-known/security.txt")

        said = lines(response)
        assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
        assert said["Contact"] == "mailto:estafette@example.org"
        assert said["Canonical"] == "https://estafette.example.org/.well-known/security.txt"
        # That it holds, and for less than a year, is for `config.checks` to say.
        assert datetime.fromisoformat(said["Expires"]) == settings.SECURITY_TXT_EXPIRES

    def test_names_the_contact_of_the_installation(self, client, settings):
        settings.SECURITY_CONTACT = "https://example.org/lek-melden"
        settings.SECURITY_TXT_EXPIRES = datetime(2027, 1, 2, 3, 4, 5, tzinfo=UTC)

        said = lines(client.get("/.well-known/security.txt"))

        assert said["Contact"] == "https://example.org/lek-melden"
        assert said["Expires"] == "2027-01-02T03:04:05Z"


class TestRobotsTxt:
    def test_keeps_crawlers_out_of_what_is_not_for_readers(self, client):
        said = client.get("/robots.txt").content.decode()

        assert "Disallow: /admin/" in said
        assert "Sitemap: https://estafette.example.org/sitemap.xml" in said


@pytest.mark.django_db
class TestSitemap:
    def test_lists_pages_and_chains_with_their_last_change(self, client, site):
        post = factories.BlogPageFactory(last_published_at=timezone.now())
        chain = factories.ChainFactory()

        said = client.get("/sitemap.xml").content.decode()

        assert f"<loc>https://estafette.example.org{post.get_absolute_url()}</loc>" in said
        assert f"<loc>https://estafette.example.org{chain.get_absolute_url()}</loc>" in said
        assert f"<lastmod>{timezone.localdate(post.last_published_at)}</lastmod>" in said

    def test_leaves_out_drafts(self, client, site):
        draft = factories.BlogPageFactory(live=False)

        assert draft.slug not in client.get("/sitemap.xml").content.decode()
