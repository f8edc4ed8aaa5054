"""The ways in that Wagtail brings along: they let nobody past what members must prove."""

import pytest
from django.urls import reverse
from wagtail.users.models import UserProfile

from tests.community.members.conftest import PASSWORD
from tests.community.members.test_signing_up import EMAIL, sign_up
from tests.html import text_of
from users.models import User

ADMIN = "/admin/login/"
FRONT = "/_util/login/"


@pytest.fixture
def editor(member) -> User:
    member.is_superuser = True
    member.save()
    return member


def log_in(client, name, password=PASSWORD, at=ADMIN):
    return client.post(at, {"username": name, "password": password})


def is_in(client) -> bool:
    return "_auth_user_id" in client.session


@pytest.fixture
def signed_up(home, client):
    """Someone else's browser, with the password of an account whose address nobody proved."""
    sign_up(client)
    client.cookies.clear()
    return client


class TestAnAddressThatNobodyProved:
    @pytest.mark.parametrize("at", [ADMIN, FRONT, "/en/_util/login/"])
    def test_opens_nothing(self, signed_up, at):
        log_in(signed_up, EMAIL, at=at)

        assert not is_in(signed_up)
        assert User.objects.get(email=EMAIL).last_login is None


class TestTheAdmin:
    @pytest.mark.parametrize("name", ["lid", "sam@example.org"])
    def test_lets_an_editor_in(self, editor, client, name):
        response = log_in(client, name)

        assert response.url == "/admin/"
        assert is_in(client)

    def test_sends_a_member_to_the_members_own_login(self, member, client):
        response = log_in(client, "lid")

        assert "Log in bij Mijn Estafette" in text_of(response)
        assert not is_in(client)

    def test_says_nothing_of_a_member_without_the_password(self, member, client):
        known = log_in(client, "lid", "iets anders").context["form"]
        unknown = log_in(client, "niemand", "iets anders").context["form"]

        assert known.non_field_errors() == unknown.non_field_errors()
        assert "Mijn Estafette" not in str(known.non_field_errors())

    @pytest.mark.parametrize("active", [True, False])
    def test_is_not_tried_without_end(self, editor, client, active):
        User.objects.update(is_active=active)
        for number in range(10):
            log_in(client, "lid", f"poging {number}")

        response = log_in(client, "lid")

        assert "Dat ging te vaak mis" in text_of(response)
        assert not is_in(client)

    def test_forgets_no_wrong_passwords_over_those_for_many_others(self, editor, client):
        for number in range(5):
            log_in(client, "lid", f"poging {number}")
        for number in range(150):
            elsewhere = f"198.51.100.{number}"
            name = {"username": f"lid{number}", "password": "iets anders"}
            client.post(ADMIN, name, REMOTE_ADDR=elsewhere)

        response = log_in(client, "lid")

        assert "Dat ging te vaak mis" in text_of(response)
        assert not is_in(client)

    def test_counts_no_logins_that_went_well(self, editor, client):
        for _ in range(12):
            client.cookies.clear()
            log_in(client, "lid")

        assert is_in(client)

    def test_lets_nobody_in_whose_account_is_closed(self, editor, client):
        User.objects.update(is_active=False)

        assert "Log in bij" not in text_of(log_in(client, "lid"))
        assert not is_in(client)

    @pytest.mark.parametrize("form", [{}, {"username": "lid"}, {"username": "\0", "password": "x"}])
    def test_shows_the_form_again_for_odd_input(self, editor, client, form):
        response = client.post(ADMIN, form)

        assert response.status_code == 200
        assert not is_in(client)

    def test_changes_no_address_without_proof(self, editor, client):
        client.force_login(editor)

        page = client.get(reverse("wagtailadmin_account")).content.decode()
        client.post(
            reverse("wagtailadmin_account"),
            {
                "name_email-first_name": "Sam",
                "name_email-last_name": "de Wit",
                "name_email-email": "ander@example.org",
            },
        )

        editor.refresh_from_db()
        assert 'type="email"' not in page
        assert editor.email == "sam@example.org"

    @pytest.mark.parametrize(
        ("language", "said", "where"),
        [
            ("nl", "Wijzig je e-mailadres", "/mijn/e-mailadres/"),
            ("en", "Change your email address", "/en/mijn/e-mailadres/"),
        ],
    )
    def test_says_where_to_change_an_address(self, editor, client, language, said, where):
        UserProfile.objects.create(user=editor, preferred_language=language)
        client.force_login(editor)

        page = text_of(client.get(reverse("wagtailadmin_account")))

        assert "<bdi>sam@example.org</bdi>" in page
        assert f'<a href="{where}">{said}</a>' in page
        assert client.get(where).status_code == 200

    def test_keeps_what_an_editor_changes_on_that_page(self, editor, client):
        client.force_login(editor)
        form = {"name_email-first_name": "Kim", "name_email-last_name": "de Wit"}
        preferences = {"locale-preferred_language": "en", "theme-theme": "dark"}
        preferences |= {"theme-contrast": "system", "theme-density": "default"}

        response = client.post(reverse("wagtailadmin_account"), form | preferences)

        editor.refresh_from_db()
        assert response.status_code == 302
        assert editor.first_name == "Kim"
        assert editor.email == "sam@example.org"


class TestTheOtherWayIn:
    def test_leads_to_the_members_login_and_back(self, home, client):
        response = client.get(FRONT, {"next": "/besloten/"})

        assert response.url == reverse("members:login") + "?next=%2Fbesloten%2F"
