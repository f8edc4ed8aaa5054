from datetime import timedelta
from unittest.mock import patch

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import hashers
from django.urls import reverse

from mail.models import Message
from tests.community.members.conftest import PASSWORD
from tests.html import text_of
from users.models import User

EMAIL = "noor@example.org"
FULL = OSError("the disk is full")


def sign_up(client, **changes):
    data = {"name": "Noor Hendriks", "email": EMAIL, "password1": PASSWORD, "website": ""}
    return client.post(reverse("account_signup"), {**data, **changes})


def confirm(client, code):
    return client.post(reverse("account_email_verification_sent"), {"code": code})


@pytest.fixture(autouse=True)
def _home(home):
    pass


class TestSigningUp:
    def test_lets_nobody_in_before_the_address_is_proven(self, client):
        response = sign_up(client)

        assert response.url == reverse("account_email_verification_sent")
        assert client.get(reverse("members:home")).status_code == 302

    def test_with_the_mailed_code_lets_one_in(self, client, code_for):
        sign_up(client)

        response = confirm(client, code_for(EMAIL))

        assert response.url == reverse("members:home")
        assert response.cookies["lid"].value == "1"
        assert "Noor Hendriks" in text_of(client.get(reverse("members:home")))

    def test_takes_a_code_however_it_is_typed(self, client, code_for):
        sign_up(client)

        response = confirm(client, f" {code_for(EMAIL).lower().replace('-', ' ')} ")

        assert response.url == reverse("members:home")

    def test_works_without_a_password(self, client, code_for):
        sign_up(client, password1="")

        confirm(client, code_for(EMAIL))

        user = User.objects.get(email=EMAIL)
        assert not user.has_usable_password()
        assert client.get(reverse("members:home")).status_code == 200

    def test_gives_a_user_name_that_says_nothing(self, client):
        sign_up(client)

        assert User.objects.get(email=EMAIL).username.startswith("lid-")

    def test_writes_one_mail_to_the_outbox_in_the_language_of_the_page(self, client, mails):
        client.post("/en/mijn/aanmelden/", {"name": "Noor", "email": EMAIL, "password1": PASSWORD})

        [mail] = mails(EMAIL)
        assert (mail.kind, mail.language) == ("members.confirm", "en")
        assert "Fill in this code" in mail.text

    def test_ends_after_three_wrong_codes(self, client, code_for):
        sign_up(client)
        for _ in range(3):
            confirm(client, "BBBB-BBBB")

        confirm(client, code_for(EMAIL))

        assert client.get(reverse("members:home")).status_code == 302

    def test_takes_no_old_code(self, client, code_for, later):
        sign_up(client)
        later(timedelta(minutes=16))

        confirm(client, code_for(EMAIL))

        assert client.get(reverse("members:home")).status_code == 302

    def test_can_mail_another_code(self, client, mails, code_for, later):
        sign_up(client)
        first = code_for(EMAIL)
        later(timedelta(seconds=11))

        client.post(reverse("account_email_verification_sent"), {"action": "resend"})

        assert len(mails(EMAIL)) == 2
        assert code_for(EMAIL) != first
        assert confirm(client, code_for(EMAIL)).url == reverse("members:home")

    def test_leaves_no_account_without_its_address(self, client):
        failing = patch("community.members.forms.entering.setup_user_email", side_effect=FULL)
        with failing, pytest.raises(OSError, match="the disk is full"):
            sign_up(client)

        assert not User.objects.filter(email=EMAIL).exists()

    def test_fools_robots(self, client):
        response = sign_up(client, website="https://spam.example")

        assert response.url == reverse("account_email_verification_sent")
        assert not User.objects.exists()
        assert not Message.objects.exists()

    @pytest.mark.parametrize(
        "changes",
        [
            {"email": "x"},
            {"email": "x@example.org\r\nBcc: y@example.org"},
            {"email": "\x00@example.org"},
            {"email": "a" * 300 + "@example.org"},
            {"name": ""},
            {"name": "Noor\r\nHendriks"},
            {"name": "x" * 51},
            {"password1": "kort"},
            {"password1": "password"},
            {"password1": "a" * 100_000},
            {"password1": "12345678"},
        ],
    )
    def test_shows_the_form_again_for_odd_input(self, client, changes):
        response = sign_up(client, **changes)

        assert response.status_code == 200
        assert "data-focus" in response.content.decode()
        assert not User.objects.exists()

    def test_by_get_changes_nothing(self, client):
        client.get(reverse("account_signup"), {"name": "x", "email": EMAIL})

        assert not User.objects.exists()
        assert not Message.objects.exists()


class TestSomeoneWithAnAccount:
    def test_gets_the_same_answer_and_another_mail(self, client, member, mails):
        fresh = sign_up(client)
        page = text_of(client.get(fresh.url)).replace(EMAIL, "@")
        client.cookies.clear()

        known = sign_up(client, email=member.email)

        same = text_of(client.get(known.url)).replace(member.email, "@")
        assert (known.status_code, known.url) == (fresh.status_code, fresh.url)
        assert without_token(same) == without_token(page)
        [mail] = mails(member.email)
        assert mail.kind == "members.already"
        assert Message.objects.count() == 2

    def test_costs_as_much_hashing_as_someone_without(self, client, member):
        assert hashings(lambda: sign_up(client)) == 1
        client.cookies.clear()
        assert hashings(lambda: sign_up(client, email=member.email)) == 1

    def test_cannot_fill_in_a_code(self, client, member):
        sign_up(client, email=member.email)

        response = confirm(client, "BCDF-GHJK")

        assert response.status_code == 200
        assert client.get(reverse("members:home")).status_code == 302

    def test_is_not_flooded(self, client, member):
        for _ in range(15):
            client.cookies.clear()
            sign_up(client, email=member.email)

        assert Message.objects.count() <= 10


class TestAnAddressOfSomeoneElse:
    def test_gets_three_mails_a_day_at_most(self, client, later):
        for _ in range(6):
            client.cookies.clear()
            sign_up(client)
            later(timedelta(minutes=5))

        assert Message.objects.count() == 3

    def test_belongs_to_whoever_reads_its_mail(self, client, code_for):
        sign_up(client, name="Iemand anders")
        client.cookies.clear()

        client.post(reverse("account_request_login_code"), {"email": EMAIL})
        client.post(reverse("account_confirm_login_code"), {"code": code_for(EMAIL)})

        user = User.objects.get(email=EMAIL)
        assert client.get(reverse("members:home")).status_code == 200
        assert EmailAddress.objects.get(user=user).verified
        assert not user.check_password(PASSWORD)


def without_token(page: str) -> str:
    import re

    return re.sub(r'csrfmiddlewaretoken" value="\w+"', "", page)


def hashings(call) -> int:
    """Return how often ``call`` hashed a password."""
    hasher = type(hashers.get_hasher())
    with patch.object(hasher, "encode", autospec=True, side_effect=hasher.encode) as encode:
        call()
    return encode.call_count
