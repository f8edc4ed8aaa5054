import pytest
from django.core.exceptions import ImproperlyConfigured

from config import openid

SET = {
    "OIDC_NAME": "Gemeente Voorbeeld",
    "OIDC_URL": "https://login.example.org/realms/stad/",
    "OIDC_CLIENT_ID": "estafette",
    "OIDC_CLIENT_SECRET": "geheim",
}


@pytest.fixture
def environment(monkeypatch):
    for name, value in SET.items():
        monkeypatch.setenv(name, value)
    return monkeypatch


class TestProviders:
    def test_are_none_without_anything_set(self):
        assert openid.providers() == {}
        assert openid.origins({}) == []

    def test_is_one_when_all_is_set(self, environment):
        [app] = openid.providers()["openid_connect"]["APPS"]

        assert app["name"] == "Gemeente Voorbeeld"
        assert app["settings"]["server_url"] == "https://login.example.org/realms/stad"

    def test_lets_the_login_form_lead_there(self, environment):
        assert openid.origins(openid.providers()) == ["https://login.example.org"]

    def test_takes_a_secret_from_a_file(self, environment, tmp_path):
        (tmp_path / "secret").write_text("uit een bestand\n")
        environment.delenv("OIDC_CLIENT_SECRET")
        environment.setenv("OIDC_CLIENT_SECRET_FILE", str(tmp_path / "secret"))

        [app] = openid.providers()["openid_connect"]["APPS"]

        assert app["secret"] == "uit een bestand"

    @pytest.mark.parametrize("name", SET)
    def test_names_what_is_missing(self, environment, name):
        environment.delenv(name)

        with pytest.raises(ImproperlyConfigured, match=name):
            openid.providers()

    @pytest.mark.parametrize("url", ["login.example.org", "ftp://login.example.org"])
    def test_names_an_odd_address(self, environment, url):
        environment.setenv("OIDC_URL", url)

        with pytest.raises(ImproperlyConfigured, match="OIDC_URL"):
            openid.providers()
