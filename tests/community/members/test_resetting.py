from django.urls import reverse

from mail.models import Message
from tests.community.members.conftest import PASSWORD
from tests.html import text_of

ASK = reverse("account_reset_password")
FILL_IN = reverse("account_confirm_password_reset_code")
CHOOSE = reverse("account_complete_password_reset")
NEW = "een beter verhaal"


class TestAForgottenPassword:
    def test_is_replaced_with_a_mailed_code(self, member, client, code_for, mails):
        client.post(ASK, {"email": member.email})
        client.post(FILL_IN, {"code": code_for(member.email)})

        response = client.post(CHOOSE, {"password1": NEW})

        member.refresh_from_db()
        assert member.check_password(NEW)
        assert response.url == reverse("members:home")
        assert response.cookies["lid"].value == "1"
        assert [mail.kind for mail in mails(member.email)] == ["members.reset", "members.changed"]

    def test_ends_other_sessions(self, member, client, code_for):
        client.post(reverse("members:login"), {"username": "lid", "password": PASSWORD})
        old = client.cookies["sessionid"].value
        client.cookies.clear()

        client.post(ASK, {"email": member.email})
        client.post(FILL_IN, {"code": code_for(member.email)})
        client.post(CHOOSE, {"password1": NEW})
        client.cookies["sessionid"] = old

        assert client.get(reverse("members:home")).status_code == 302

    def test_stays_without_the_code(self, member, client):
        client.post(ASK, {"email": member.email})
        client.post(FILL_IN, {"code": "BBBB-BBBB"})

        client.post(CHOOSE, {"password1": NEW})

        member.refresh_from_db()
        assert member.check_password(PASSWORD)

    def test_is_not_replaced_by_a_weak_one(self, member, client, code_for):
        client.post(ASK, {"email": member.email})
        client.post(FILL_IN, {"code": code_for(member.email)})

        response = client.post(CHOOSE, {"password1": "12345678"})

        assert response.status_code == 200
        member.refresh_from_db()
        assert member.check_password(PASSWORD)

    def test_tells_a_stranger_nothing(self, member, client):
        pages = []
        for email in (member.email, "niemand@example.org"):
            client.cookies.clear()
            response = client.post(ASK, {"email": email})
            page = text_of(client.get(response.url)).replace(email, "@")
            wrong = text_of(client.post(FILL_IN, {"code": "BBBB-BBBB"})).replace(email, "@")
            pages.append((response.url, len(page), len(wrong)))

        assert pages[0] == pages[1]

    def test_by_get_changes_nothing(self, member, client):
        client.get(ASK, {"email": member.email})

        assert not Message.objects.exists()


class TestAPassword:
    def test_can_be_changed_by_who_knows_it(self, member, client, mails):
        client.post(reverse("members:login"), {"username": "lid", "password": PASSWORD})

        client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": NEW})

        member.refresh_from_db()
        assert member.check_password(NEW)
        assert client.get(reverse("members:home")).status_code == 200
        assert mails(member.email)[-1].kind == "members.changed"

    def test_stays_for_who_does_not(self, member, client):
        client.force_login(member)

        client.post(reverse("account_change_password"), {"oldpassword": "fout", "password1": NEW})

        member.refresh_from_db()
        assert member.check_password(PASSWORD)

    def test_can_be_taken_later(self, member, client):
        member.set_unusable_password()
        member.save()
        client.force_login(member)

        client.post(reverse("account_set_password"), {"password1": NEW})

        member.refresh_from_db()
        assert member.check_password(NEW)
