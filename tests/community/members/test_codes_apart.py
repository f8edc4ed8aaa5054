"""R14: a mailed code works for what it was asked for, in the browser that asked."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.community.members.conftest import PASSWORD

LOGIN = ("account_request_login_code", "account_confirm_login_code")
RESET = ("account_reset_password", "account_confirm_password_reset_code")


def is_in(client) -> bool:
    return client.get(reverse("members:home")).status_code == 200


class TestACode:
    @pytest.mark.parametrize(("asked", "tried"), [(LOGIN, RESET), (RESET, LOGIN)])
    def test_of_one_purpose_is_refused_at_another(self, member, client, code_for, asked, tried):
        client.post(reverse(tried[0]), {"email": member.email})
        client.post(reverse(asked[0]), {"email": member.email})

        client.post(reverse(tried[1]), {"code": code_for(member.email)})

        client.post(reverse("account_complete_password_reset"), {"password1": "een nieuw begin"})
        member.refresh_from_db()
        assert member.check_password(PASSWORD)
        assert not is_in(client)

    @pytest.mark.parametrize("asked", [LOGIN, RESET])
    def test_is_refused_in_a_browser_that_asked_for_another(self, member, client, code_for, asked):
        other = Client()
        other.post(reverse(asked[0]), {"email": member.email})
        client.post(reverse(asked[0]), {"email": member.email})

        other.post(reverse(asked[1]), {"code": code_for(member.email)})

        other.post(reverse("account_complete_password_reset"), {"password1": "een nieuw begin"})
        member.refresh_from_db()
        assert member.check_password(PASSWORD)
        assert not is_in(other)

    def test_of_another_account_is_refused(self, member, client, code_for):
        client.post(reverse("account_signup"), {"name": "A", "email": "a@example.org"})
        code = code_for("a@example.org")
        client.cookies.clear()
        client.post(reverse(LOGIN[0]), {"email": member.email})

        client.post(reverse(LOGIN[1]), {"code": code})

        assert not is_in(client)
