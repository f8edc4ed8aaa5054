from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.urls import reverse

from tests import factories, openid
from tests.community.members.conftest import PASSWORD
from tests.html import text_of
from users.models import User

LOGIN = "/mijn/elders/oidc/"
BACK = "/mijn/elders/oidc/terug/"
PERSON = {
    "sub": "42",
    "email": "noor@example.org",
    "email_verified": True,
    "name": "Noor Hendriks",
    "preferred_username": "admin",
}


@pytest.fixture
def provider(home, settings):
    with openid.running(dict(PERSON)) as provider:
        settings.SOCIALACCOUNT_PROVIDERS = provider.settings
        yield provider


def log_in(client, onward=""):
    """Go to the provider, log in there, and come back."""
    there = client.post(LOGIN, {"process": "login", "next": onward})
    query = parse_qs(urlsplit(there.url).query)
    return client.get(BACK, {"code": "x", "state": query["state"][0]})


class TestTheButton:
    def test_is_not_there_without_a_provider(self, home, client):
        assert LOGIN not in text_of(client.get(reverse("members:login")))
        assert client.post(LOGIN).status_code == 404

    def test_is_there_with_one_that_nobody_has_asked_yet(self, provider, client):
        assert "Gemeente Voorbeeld" in text_of(client.get(reverse("members:login")))
        assert provider.asked == []

    def test_asks_by_get_and_goes_by_post(self, provider, client):
        assert client.get(LOGIN).status_code == 200
        assert provider.asked == []

        there = client.post(LOGIN)

        query = parse_qs(urlsplit(there.url).query)
        assert there.url.startswith(f"{provider.url}/authorize?")
        assert query["redirect_uri"] == [f"http://testserver{BACK}"]
        assert query["code_challenge_method"] == ["S256"]


class TestLoggingInElsewhere:
    def test_makes_an_account(self, provider, client):
        response = log_in(client)

        user = User.objects.get(email="noor@example.org")
        assert response.url == reverse("members:home")
        assert response.cookies["lid"].value == "1"
        assert str(user) == "Noor Hendriks"
        assert user.username.startswith("lid-")

    def test_leads_to_the_same_account_again(self, provider, client):
        log_in(client)
        client.post(reverse("members:logout"))

        log_in(client)

        assert User.objects.count() == SocialAccount.objects.count() == 1
        assert client.get(reverse("members:home")).status_code == 200

    def test_leads_on_to_a_page_of_ours_and_nowhere_else(self, provider, client):
        assert log_in(client, "/blog/").url == "/blog/"
        client.post(reverse("members:logout"))
        assert log_in(client, "https://evil.example/").url == reverse("members:home")

    def test_does_not_open_an_account_that_has_the_same_address(self, provider, client):
        factories.UserFactory(email="noor@example.org")

        log_in(client)

        assert client.get(reverse("members:home")).status_code == 302
        assert not SocialAccount.objects.exists()

    def test_asks_to_prove_an_address_that_the_other_side_does_not_vouch_for(
        self, provider, client
    ):
        provider.person["email_verified"] = False

        response = log_in(client)

        assert response.url == reverse("account_email_verification_sent")

    def test_asks_an_address_where_there_is_none(self, provider, client):
        del provider.person["email"]

        response = log_in(client)
        assert response.url == reverse("socialaccount_signup")
        assert "Noor Hendriks" in text_of(client.get(response.url))
        response = client.post(response.url, {"name": "Noor", "email": "noor@example.org"})

        assert response.url == reverse("account_email_verification_sent")

    @pytest.mark.parametrize("name", ["x" * 500, "Noor\r\nHendriks", "\x00", "<b>Noor</b>", None])
    def test_takes_any_name(self, provider, client, name):
        provider.person["name"] = name

        assert log_in(client).url == reverse("members:home")

    def test_keeps_nothing_but_the_name_and_the_address(self, provider, client):
        provider.person["birthdate"] = "1984-01-01"

        log_in(client)

        assert SocialAccount.objects.get().extra_data == {}

    @pytest.mark.parametrize("query", [{}, {"state": "x"}, {"code": "x"}, {"error": "x"}])
    def test_needs_to_begin_here(self, provider, client, query):
        assert client.get(BACK, query).status_code == 401

    def test_that_was_broken_off_says_so(self, provider, client):
        there = client.post(LOGIN)
        [state] = parse_qs(urlsplit(there.url).query)["state"]

        response = client.get(BACK, {"error": "access_denied", "state": state})

        assert client.get(response.url).status_code == 200

    def test_says_so_when_the_other_side_is_away(self, home, client, settings):
        with openid.running(PERSON) as provider:
            settings.SOCIALACCOUNT_PROVIDERS = provider.settings

        response = client.post(LOGIN)

        assert client.get(response.url).status_code == 401


class TestAMember:
    def test_can_add_such_a_login_and_take_it_off(self, provider, member, client, mails):
        client.post(reverse("members:login"), {"username": "lid", "password": PASSWORD})
        client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
        there = client.post(f"{LOGIN}?process=connect")
        [state] = parse_qs(urlsplit(there.url).query)["state"]
        client.get(BACK, {"code": "x", "state": state})
        account = SocialAccount.objects.get(user=member)

        connections = reverse("socialaccount_connections")
        assert client.get(connections).status_code == 200
        client.post(connections, {"account": account.pk})

        assert not SocialAccount.objects.exists()
        assert [mail.kind for mail in mails(member.email)] == ["members.changed"] * 2
