from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from mail import delivering
from mail.models import Message
from tests import factories
from tests.community.members.conftest import PASSWORD
from tests.html import text_of

ASK = reverse("account_request_login_code")
FILL_IN = reverse("account_confirm_login_code")
UNKNOWN = "niemand@example.org"


def ask(client, email):
    return client.post(ASK, {"email": email})


class TestACodeByMail:
    def test_lets_its_reader_in(self, member, client, code_for):
        response = ask(client, member.email)
        assert response.url == FILL_IN

        response = client.post(FILL_IN, {"code": code_for(member.email)})

        assert response.url == reverse("members:home")
        assert response.cookies["lid"].value == "1"

    def test_gives_a_new_session(self, member, client, code_for):
        ask(client, member.email)
        before = client.session.session_key

        client.post(FILL_IN, {"code": code_for(member.email)})

        assert client.session.session_key != before

    def test_leads_on_to_a_page_of_ours_and_nowhere_else(self, member, client, code_for):
        for onward, where in (("/blog/", "/blog/"), ("https://evil.example/", "/mijn/")):
            client.cookies.clear()
            client.post(f"{ASK}?next={onward}", {"email": member.email})
            said = client.post(f"{FILL_IN}?next={onward}", {"code": code_for(member.email)})
            assert said.url == where

    def test_works_in_that_browser_alone(self, member, client, code_for):
        ask(client, member.email)
        client.cookies.clear()

        client.post(FILL_IN, {"code": code_for(member.email)})

        assert client.get(reverse("members:home")).status_code == 302

    def test_works_once(self, member, client, code_for):
        ask(client, member.email)
        code = code_for(member.email)
        client.post(FILL_IN, {"code": code})
        client.post(reverse("members:logout"))

        client.post(FILL_IN, {"code": code})

        assert client.get(reverse("members:home")).status_code == 302

    def test_works_for_a_quarter_of_an_hour(self, member, client, code_for, later):
        ask(client, member.email)
        later(timedelta(minutes=16))

        client.post(FILL_IN, {"code": code_for(member.email)})

        assert client.get(reverse("members:home")).status_code == 302

    def test_cannot_be_guessed_more_than_three_times(self, member, client, code_for):
        ask(client, member.email)
        for code in ("BBBB-BBBB", "", "\x00", "x" * 100_000):
            client.post(FILL_IN, {"code": code})

        client.post(FILL_IN, {"code": code_for(member.email)})

        assert client.get(reverse("members:home")).status_code == 302

    def test_stands_in_a_mail_without_a_link_that_acts(self, member, client, mails, code_for):
        ask(client, member.email)

        [mail] = mails(member.email)
        assert (mail.kind, mail.language) == ("members.code", "nl")
        assert code_for(member.email) in mail.html
        assert "/mijn/" not in mail.text + mail.html

    def test_keeps_the_password_of_someone_who_uses_both(self, member, client, code_for):
        client.post(reverse("members:login"), {"username": "lid", "password": PASSWORD})
        client.post(reverse("members:logout"))

        ask(client, member.email)
        client.post(FILL_IN, {"code": code_for(member.email)})

        member.refresh_from_db()
        assert member.check_password(PASSWORD)

    def test_by_get_is_not_sent(self, member, client):
        client.get(ASK, {"email": member.email})

        assert not Message.objects.exists()


class TestAStranger:
    def test_cannot_tell_who_has_an_account(self, member, client, mails):
        pages = []
        for email in (member.email, UNKNOWN):
            client.cookies.clear()
            response = ask(client, email)
            page = text_of(client.get(response.url)).replace(email, "@")
            wrong = text_of(client.post(response.url, {"code": "BBBB-BBBB"})).replace(email, "@")
            pages.append((response.url, len(page), len(wrong)))

        assert pages[0] == pages[1]
        assert mails(UNKNOWN)[0].kind == "members.unknown"
        assert reverse("account_signup") in mails(UNKNOWN)[0].text

    def test_gets_three_mails_a_day_at_most(self, home, client, later):
        for _ in range(6):
            client.cookies.clear()
            ask(client, UNKNOWN)
            later(timedelta(minutes=30))

        assert Message.objects.count() == 3

    def test_of_one_network_makes_us_send_five_mails_in_ten_minutes(self, home, client):
        for number in range(8):
            client.cookies.clear()
            client.post(ASK, {"email": f"lezer{number}@example.org"}, REMOTE_ADDR="203.0.113.9")

        assert Message.objects.count() == 5

    @pytest.mark.parametrize("email", ["", "x", "\x00@x.nl", "a@b.nl\r\nBcc: c@d.nl", "a" * 999])
    def test_gets_the_form_again_for_odd_input(self, home, client, email):
        assert ask(client, email).status_code == 200
        assert not Message.objects.exists()


class TestAMember:
    def test_gets_no_more_than_three_mails_that_are_not_for_logging_in(self, member, client, later):
        for _ in range(5):
            client.cookies.clear()
            new = {"name": "Sam", "email": member.email, "password1": PASSWORD, "website": ""}
            client.post(reverse("account_signup"), new)
            later(timedelta(minutes=30))

        assert Message.objects.count() == 3

    def test_may_ask_more_codes_than_a_stranger(self, member, client, later):
        for _ in range(20):
            client.cookies.clear()
            ask(client, member.email)
            later(timedelta(minutes=30))

        assert Message.objects.count() == 10

    def test_may_still_ask_a_code_after_others_in_the_same_network(self, member, client, mails):
        for number in range(5):
            client.cookies.clear()
            client.post(ASK, {"email": f"lezer{number}@example.org"}, REMOTE_ADDR="203.0.113.9")

        client.cookies.clear()
        client.post(ASK, {"email": member.email}, REMOTE_ADDR="203.0.113.9")

        assert [mail.kind for mail in mails(member.email)] == ["members.code"]

    def test_whose_account_is_closed_does_not_get_in(self, member, client):
        member.is_active = False
        member.save()

        client.post(reverse("members:login"), {"username": "lid", "password": PASSWORD})

        assert client.get(reverse("members:home")).status_code == 302


class TestWhileStrangersMakeUsMailAllTheWorld:
    """They have as many networks and addresses as they like."""

    @pytest.fixture(autouse=True)
    def _flood(self, home, settings):
        settings.FORM_MAILS_PER_HOUR = 5
        now = timezone.now()
        factories.MessageFactory.create_batch(5, kind="comments.confirm", due_at=now, sent=True)
        for number in range(20):
            due_at = now + timedelta(hours=1, minutes=12 * number)
            factories.MessageFactory(kind="comments.confirm", due_at=due_at)

    @pytest.mark.parametrize("name", ["account_request_login_code", "account_reset_password"])
    def test_a_member_gets_at_once_what_to_log_in_with(self, member, client, server, name):
        client.post(reverse(name), {"email": member.email})
        delivering.deliver_all()

        assert [mail["To"] for mail in server.mails] == [member.email]

    def test_who_has_proven_no_address_waits_like_all_others(self, member, client, mails):
        member.emailaddress_set.create(email=member.email, verified=False, primary=True)

        for email in (member.email, UNKNOWN):
            client.cookies.clear()
            ask(client, email)

            [mail] = mails(email)
            assert mail.due_at > timezone.now() + timedelta(hours=1)

    def test_members_make_us_send_a_bounded_number_an_hour(self, client, server):
        for _ in range(9):
            client.cookies.clear()
            ask(client, factories.UserFactory().email)
        Message.objects.filter(kind="members.code").update(due_at=timezone.now())

        delivering.deliver_all()

        assert len(server.mails) == 5

    def test_no_question_to_the_outbox_tells_who_is_a_member(self, member, client):
        asked = []
        for email in (member.email, UNKNOWN):
            client.cookies.clear()
            with CaptureQueriesContext(connection) as queries:
                ask(client, email)
            asked.append(sum('"mail_message"' in query["sql"] for query in queries))

        assert asked[0] == asked[1]
