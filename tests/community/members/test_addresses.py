import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.urls import reverse
from django.utils import timezone

from community.members import addresses
from mail.models import Message
from tests import factories
from tests.community.members.conftest import PASSWORD

CHANGE = reverse("account_email")
FILL_IN = reverse("account_email_verification_sent")
NEW = "nieuw@example.org"


@pytest.fixture
def inside(member, client):
    """A browser in which ``member`` is logged in and has just given the password."""
    client.post(reverse("members:login"), {"username": "lid", "password": PASSWORD})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


def change(client, email=NEW):
    return client.post(CHANGE, {"email": email, "action_add": "1"})


class TestChangingTheAddress:
    def test_holds_once_the_new_one_is_proven(self, inside, member, code_for, mails):
        old = member.email

        change(inside)
        member.refresh_from_db()
        assert member.email == old
        inside.post(FILL_IN, {"code": code_for(NEW)})

        member.refresh_from_db()
        assert member.email == NEW
        assert EmailAddress.objects.get(user=member).email == NEW
        assert [mail.kind for mail in mails(old)] == ["members.changed"]

    def test_asks_the_password_first_and_then_goes_on(self, member, client, mails):
        client.post(reverse("members:login"), {"username": "lid", "password": PASSWORD})

        response = change(client)
        assert response.url.startswith(reverse("account_reauthenticate"))
        assert not mails(NEW)
        client.post(response.url, {"password": PASSWORD})

        assert [mail.kind for mail in mails(NEW)] == ["members.confirm"]

    def test_to_that_of_someone_else_looks_the_same_and_does_nothing(self, inside, member, mails):
        other = factories.UserFactory(email="ander@example.org")

        fresh = change(inside)
        taken = change(inside, other.email)

        assert fresh.url == taken.url
        inside.post(FILL_IN, {"code": "BBBB-BBBB"})
        member.refresh_from_db()
        assert member.email == "sam@example.org"

    @pytest.mark.parametrize("email", ["", "x", "sam@example.org", "a@b.nl\r\nBcc: c@d.nl"])
    def test_shows_the_form_again_for_odd_input(self, inside, email):
        assert change(inside, email).status_code == 200
        assert not Message.objects.exists()

    def test_is_for_members(self, client, db):
        assert change(client).url.startswith(reverse("members:login"))


class TestAnAccountMadeByAnAdministrator:
    def test_has_a_proven_address(self, member):
        assert addresses.has_proven(member)
        assert addresses.is_proven("SAM@example.org")

    def test_is_vouched_for_once(self, member):
        addresses.vouch(member)
        addresses.vouch(member)

        assert EmailAddress.objects.get(user=member).verified

    def test_does_not_take_an_address_that_someone_else_has_proven(self, member):
        other = factories.UserFactory()
        EmailAddress.objects.create(user=other, email=member.email, verified=True)

        addresses.vouch(member)

        assert not EmailAddress.objects.get(user=member).verified


class TestClaiming:
    @pytest.fixture
    def fresh(self, member):
        """An account that somebody made with somebody's address."""
        EmailAddress.objects.create(user=member, email=member.email, primary=True)
        SocialAccount.objects.create(user=member, provider="oidc", uid="1")
        return member

    def test_leaves_out_what_came_with_it(self, fresh):
        addresses.claim(fresh)

        fresh.refresh_from_db()
        assert not fresh.has_usable_password()
        assert not SocialAccount.objects.exists()

    def test_leaves_an_account_that_was_used(self, fresh):
        fresh.last_login = timezone.now()
        EmailAddress.objects.update(verified=True)

        addresses.claim(fresh)

        fresh.refresh_from_db()
        assert fresh.check_password(PASSWORD)
        assert SocialAccount.objects.exists()

    def test_does_not_call_it_use_when_nobody_proved_the_address(self, fresh):
        fresh.last_login = timezone.now()

        addresses.claim(fresh)

        fresh.refresh_from_db()
        assert not fresh.has_usable_password()

    def test_leaves_an_account_that_an_administrator_made(self, member):
        addresses.claim(member)

        member.refresh_from_db()
        assert member.check_password(PASSWORD)
