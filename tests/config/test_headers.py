import re
from itertools import chain

import pytest

from tests import factories

LOADS = re.compile(
    rb"<(?:script|img|link|iframe|source|video)\b[^>]*?\b(?:src|href)=\"(.*?)\"", re.DOTALL
)


@pytest.fixture
def everywhere(site):
    """One page of every kind that a stranger may read."""
    post = factories.BlogPageFactory()
    letter = factories.ChainFactory()
    return [
        *("/", "/blog/", "/keten/", "/abonneren/", "/mijn/inloggen/", "/blog/feed.atom"),
        post.get_absolute_url(),
        letter.get_absolute_url(),
    ]


def policy(response) -> dict[str, list[str]]:
    """Return the directives of the response's content security policy."""
    directives = response.headers["Content-Security-Policy"].split(";")
    return {words[0]: words[1:] for directive in directives if (words := directive.split())}


@pytest.mark.django_db
class TestPublicPage:
    def test_runs_and_loads_nothing_but_our_own(self, client, everywhere):
        for address in everywhere:
            directives = policy(client.get(address))

            assert directives["default-src"] == ["'none'"]
            assert directives["script-src"] == ["'self'"]
            assert directives["style-src"] == ["'self'"]
            for name in ("base-uri", "form-action", "frame-ancestors"):
                assert directives[name] in (["'self'"], ["'none'"])
            for source in chain.from_iterable(directives.values()):
                assert re.fullmatch(r"'(self|none)'|data:|https://[a-z.-]+", source), source

    def test_sends_what_a_public_site_owes(self, client, everywhere):
        for address in everywhere:
            headers = client.get(address).headers

            assert headers["Referrer-Policy"] == "same-origin"
            assert headers["X-Content-Type-Options"] == "nosniff"
            assert headers["X-Frame-Options"] == "SAMEORIGIN"
            assert headers["Cross-Origin-Opener-Policy"] == "same-origin"

    def test_sets_no_cookie(self, client, everywhere):
        for address in everywhere:
            response = client.get(address)

            assert response.status_code == 200, address
            if address == "/mijn/inloggen/":
                continue  # logging in carries authority, so its form has an ordinary token
            assert "Set-Cookie" not in response.headers, address

    def test_asks_nothing_of_another_host(self, client, everywhere):
        for address in everywhere:
            for target in LOADS.findall(client.get(address).content):
                assert not re.match(rb"(https?:)?//(?!estafette\.example\.org)", target), target


@pytest.mark.django_db
class TestAdmin:
    def test_has_a_policy_of_its_own_that_still_names_no_other_host(self, client):
        directives = policy(client.get("/admin/login/"))

        assert "'unsafe-inline'" in directives["script-src"]
        assert not any("//" in source for sources in directives.values() for source in sources)


@pytest.mark.django_db
class TestEncryption:
    def test_is_demanded_for_two_years_in_production(self, client, settings):
        settings.SECURE_HSTS_SECONDS = 63_072_000
        settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = True
        factories.the_home()

        # The middleware reads its settings when it is made, so with the first request.
        headers = client.get("/", secure=True).headers

        assert headers["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains"
