import pytest
from django.urls import reverse

from tests.community.members.conftest import PASSWORD


@pytest.fixture
def editor(member):
    member.is_superuser = True
    member.save()
    return member


class TestTheMark:
    def test_comes_with_a_login_at_the_desk_as_well(self, editor, client):
        response = client.post(
            "/admin/login/", {"username": "lid", "password": PASSWORD, "next": "/admin/"}
        )

        assert response.cookies["lid"].value == "1"

    def test_goes_with_a_logout_at_the_desk_as_well(self, editor, client):
        client.post(reverse("members:login"), {"username": "lid", "password": PASSWORD})

        response = client.post("/admin/logout/")

        assert response.cookies["lid"]["max-age"] == 0

    def test_holds_no_authority(self, member, client):
        client.cookies["lid"] = "1"

        assert client.get(reverse("members:home")).status_code == 302
        assert client.get(reverse("members:fragment")).status_code == 204

    def test_lasts_as_long_as_the_session(self, member, client, settings):
        response = client.post(reverse("members:login"), {"username": "lid", "password": PASSWORD})

        assert response.cookies["lid"]["max-age"] == settings.SESSION_COOKIE_AGE

    def test_is_not_on_a_page_for_everybody(self, home, client):
        response = client.get("/")

        assert response.cookies == {}
        assert "Cookie" not in response.get("Vary", "")
