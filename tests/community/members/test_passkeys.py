import json

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse

from tests import factories
from tests.community.members.conftest import PASSWORD
from tests.passkeys import Passkey

ADD = reverse("mfa_add_webauthn")
LOGIN = reverse("mfa_login_webauthn")


def log_in_and_prove(client):
    """Log in by password, and give it once more, as is asked before something that matters."""
    client.post(reverse("members:login"), {"username": "lid", "password": PASSWORD})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})


def add(client, passkey, **changes):
    options = client.get(ADD, secure=True).context["js_data"]["creation_options"]
    data = {"name": "Telefoon", "credential": passkey.create(as_json(options)), **changes}
    return client.post(ADD, data, secure=True)


def log_in_with(client, passkey):
    asked = client.get(LOGIN, headers={"accept": "application/json"}, secure=True).json()
    return client.post(LOGIN, {"credential": passkey.get(asked["request_options"])}, secure=True)


def as_json(options):
    """Return ``options`` as a browser reads them."""
    from django.core.serializers.json import DjangoJSONEncoder

    return json.loads(json.dumps(options, cls=DjangoJSONEncoder))


@pytest.fixture
def passkey(member, client) -> Passkey:
    """A passkey of ``member``, who is not logged in."""
    passkey = Passkey()
    log_in_and_prove(client)
    add(client, passkey)
    client.post(reverse("members:logout"))
    return passkey


class TestAddingAPasskey:
    def test_asks_the_password_first(self, member, client):
        client.post(reverse("members:login"), {"username": "lid", "password": PASSWORD})

        response = client.get(ADD)

        assert response.url.startswith(reverse("account_reauthenticate"))

    def test_shows_it_in_the_list_and_tells_the_owner(self, member, client, mails):
        log_in_and_prove(client)

        response = add(client, Passkey())

        assert response.url == reverse("mfa_index")
        assert "Telefoon" in client.get(response.url).content.decode()
        [mail] = mails(member.email)
        assert mail.kind == "members.changed"

    def test_refuses_one_that_does_not_know_its_owner(self, member, client):
        log_in_and_prove(client)

        add(client, Passkey(verifies=False))

        assert not Authenticator.objects.exists()

    def test_refuses_one_of_another_site(self, member, client):
        log_in_and_prove(client)

        add(client, Passkey(origin="https://evil.example"))

        assert not Authenticator.objects.exists()

    @pytest.mark.parametrize("credential", ["", "x", "{}", "[]", "null", "[" * 5000, "9" * 30_000])
    def test_survives_any_input(self, member, client, credential):
        log_in_and_prove(client)

        response = add(client, Passkey(), credential=credential)

        assert response.status_code == 200
        assert not Authenticator.objects.exists()

    def test_by_get_changes_nothing(self, member, client):
        log_in_and_prove(client)

        client.get(ADD)

        assert not Authenticator.objects.exists()


class TestAPasskey:
    def test_lets_its_owner_in_by_itself(self, passkey, client):
        response = log_in_with(client, passkey)

        assert response.url == reverse("members:home")
        assert response.cookies["lid"].value == "1"

    def test_gives_a_new_session(self, passkey, client):
        client.get(LOGIN, headers={"accept": "application/json"}, secure=True)
        before = client.session.session_key

        log_in_with(client, passkey)

        assert client.session.session_key != before

    def test_is_no_second_lock_on_a_password(self, passkey, client):
        response = client.post(reverse("members:login"), {"username": "lid", "password": PASSWORD})

        assert response.url == reverse("members:home")

    def test_cannot_be_played_back(self, passkey, client):
        asked = client.get(LOGIN, headers={"accept": "application/json"}, secure=True).json()
        said = {"credential": passkey.get(asked["request_options"])}
        client.post(LOGIN, said, secure=True)
        client.post(reverse("members:logout"))

        client.post(LOGIN, said, secure=True)

        assert client.get(reverse("members:home")).status_code == 302

    def test_of_nobody_opens_nothing(self, passkey, client):
        stranger = Passkey(user=passkey.user)

        log_in_with(client, stranger)

        assert client.get(reverse("members:home")).status_code == 302

    def test_opens_no_other_account(self, passkey, client):
        other = factories.UserFactory()
        passkey.user = "MQ" if other.pk == 1 else passkey.user[:-1] + "x"

        log_in_with(client, passkey)

        assert client.get(reverse("members:home")).status_code == 302

    @pytest.mark.parametrize(
        "credential",
        [
            *("", "x", "{}", "[]", "null", "1", '"x"', "[" * 5000, "9" * 30_000),
            '{"id": 1, "rawId": 2, "response": 3, "type": 4}',
            '{"id": "AA", "rawId": "AA", "type": "public-key", "response": {}}',
            '{"id": "AA", "rawId": "AA", "type": "public-key", "response": {"clientDataJSON":'
            ' "e30", "authenticatorData": "AA", "signature": "AA", "userHandle": "MQ"}}',
            '{"id": "AA", "rawId": "AA", "type": "public-key", "response": {"clientDataJSON":'
            ' "AA", "authenticatorData": "AA", "signature": "AA", "userHandle": null}}',
        ],
    )
    def test_survives_any_input_in_its_place(self, member, client, credential):
        client.get(LOGIN, headers={"accept": "application/json"}, secure=True)

        response = client.post(LOGIN, {"credential": credential}, secure=True)

        assert response.url == reverse("account_login")

    def test_can_get_another_name(self, passkey, client):
        log_in_and_prove(client)
        key = Authenticator.objects.get()

        client.post(reverse("mfa_edit_webauthn", args=[key.pk]), {"name": "Oude telefoon"})

        key.refresh_from_db()
        assert str(key) == "Oude telefoon"

    def test_can_be_taken_off_by_post_alone(self, passkey, client):
        log_in_and_prove(client)
        address = reverse("mfa_remove_webauthn", args=[Authenticator.objects.get().pk])

        client.get(address)
        assert Authenticator.objects.exists()
        client.post(address)

        assert not Authenticator.objects.exists()

    def test_is_not_there_for_others(self, passkey, client):
        key = Authenticator.objects.get()
        other = factories.UserFactory(username="ander")
        other.set_password(PASSWORD)
        other.save()
        client.post(reverse("members:login"), {"username": "ander", "password": PASSWORD})
        client.post(reverse("account_reauthenticate"), {"password": PASSWORD})

        for name in ("mfa_edit_webauthn", "mfa_remove_webauthn"):
            assert client.post(reverse(name, args=[key.pk]), {"name": "x"}).status_code == 404
        assert Authenticator.objects.exists()
