import pytest
from django.urls import reverse
from django.utils import timezone

from community.notifications import following
from tests import factories
from tests.community.members.conftest import PASSWORD

pytestmark = pytest.mark.both


def log_in(client, **changes):
    data = {"username": "lid", "password": PASSWORD, **changes}
    return client.post(reverse("members:login"), data)


class TestLoggingIn:
    def test_marks_the_browser_and_nothing_more(self, member, client):
        response = log_in(client)

        assert response.url == "/mijn/"
        assert response.cookies["lid"].value == "1"

    def test_takes_the_address_as_well_as_the_name(self, member, client):
        assert log_in(client, username="SAM@example.org").url == "/mijn/"

    def test_gives_a_new_session(self, member, client):
        client.get(reverse("members:login"))
        session = client.session
        session["gezien"] = True
        session.save()
        before = session.session_key

        log_in(client)

        assert client.session.session_key != before

    def test_with_a_wrong_password_shows_the_form_again(self, member, client):
        response = log_in(client, password="fout")

        assert response.status_code == 200
        assert "lid" not in response.cookies

    @pytest.mark.parametrize("username", ["lid", "sam@example.org", "niemand@example.org", "x"])
    def test_says_the_same_whoever_it_is(self, member, client, username):
        page = log_in(client, username=username, password="fout").content.decode()

        assert "horen niet bij elkaar" in page

    def test_stops_after_five_wrong_passwords(self, member, client):
        for _ in range(5):
            log_in(client, password="fout")

        response = log_in(client)

        assert "lid" not in response.cookies
        assert "vijf minuten" in response.content.decode()

    @pytest.mark.parametrize(
        "onward",
        [
            "https://evil.example/",
            "//evil.example/",
            "/\\evil.example",
            "javascript:alert(1)",
            "https:evil.example",
            "\x00",
            "http://[",
        ],
    )
    def test_leads_nowhere_else(self, member, client, onward):
        assert log_in(client, next=onward).url == "/mijn/"

    def test_leads_to_the_page_that_was_asked_for(self, member, client):
        assert log_in(client, next="/blog/").url == "/blog/"

    def test_is_not_asked_twice(self, member, client):
        client.force_login(member)

        assert client.get(reverse("members:login")).url == "/mijn/"

    def test_says_who_one_is_to_someone_who_is_sent_back(self, member, client):
        client.force_login(member)

        response = client.get(reverse("members:login"), {"next": "/besloten/"})

        assert response.status_code == 200
        assert "Sam de Wit" in response.content.decode()

    @pytest.mark.parametrize("value", ["", "\x00", "a" * 100_000, "😀", "x@x", "' OR 1=1 --"])
    def test_survives_any_input(self, member, client, value):
        response = log_in(client, username=value, password=value)

        assert response.status_code == 200

    def test_needs_no_address_of_someone_whom_an_administrator_let_in(self, home, client):
        user = factories.UserFactory(username="beheer", email="")
        user.set_password(PASSWORD)
        user.save()

        assert log_in(client, username="beheer").url == "/mijn/"


class TestLoggingOut:
    def test_takes_the_mark_away(self, member, client):
        log_in(client)

        response = client.post(reverse("members:logout"))

        assert response.cookies["lid"]["max-age"] == 0
        assert client.get(reverse("members:home")).status_code == 302

    def test_by_get_changes_nothing(self, member, client):
        log_in(client)

        assert client.get(reverse("members:logout")).status_code == 405
        assert client.get(reverse("members:home")).status_code == 200

    def test_leads_nowhere_else(self, member, client):
        log_in(client)

        response = client.post(reverse("members:logout"), {"next": "https://evil.example/"})

        assert response.url == "/"


class TestTheOwnPage:
    def test_shows_own_comments_in_every_state_and_nobody_elses(self, member, client):
        factories.comment(user=member, status="pending", text="Van mij")
        factories.comment(status="pending", text="Van een ander")
        client.force_login(member)

        page = client.get(reverse("members:home")).content.decode()

        assert "Van mij" in page
        assert "Van een ander" not in page

    def test_is_never_stored(self, member, client):
        client.force_login(member)

        assert "no-store" in client.get(reverse("members:home"))["Cache-Control"]

    def test_shows_the_subscription_of_the_own_address(self, member, client):
        factories.SubscriptionFactory(email="Sam@Example.org", confirmed=True)
        client.force_login(member)

        page = client.get(reverse("members:home")).content.decode()

        assert reverse("members:end_subscription") in page

    def test_shows_the_conversations_that_one_follows(self, member, client):
        page = factories.BlogPageFactory(title="Een gesprek")
        draft = factories.BlogPageFactory(title="Een concept", live=False)
        for followed in (page, draft):
            following.begin_for(member, followed, language="nl", now=timezone.now())
        client.force_login(member)

        shown = client.get(reverse("members:home")).content.decode()

        assert "Een gesprek" in shown
        assert "Een concept" not in shown
        assert shown.count("/stoppen/") >= 2


class TestTheFragment:
    def test_names_the_member(self, member, client):
        client.force_login(member)

        assert "Sam de Wit" in client.get(reverse("members:fragment")).content.decode()

    def test_is_empty_for_a_stranger(self, client, db):
        response = client.get(reverse("members:fragment"))

        assert (response.status_code, response.content) == (204, b"")


class TestEndingTheSubscription:
    def test_stops_the_digest_and_twice_is_harmless(self, member, client):
        subscription = factories.SubscriptionFactory(email=member.email, confirmed=True)
        client.force_login(member)

        client.post(reverse("members:end_subscription"))
        client.post(reverse("members:end_subscription"))

        subscription.refresh_from_db()
        assert subscription.state == "ended"

    def test_by_get_changes_nothing(self, member, client):
        subscription = factories.SubscriptionFactory(email=member.email, confirmed=True)
        client.force_login(member)

        assert client.get(reverse("members:end_subscription")).status_code == 405
        subscription.refresh_from_db()
        assert subscription.state == "confirmed"

    def test_leaves_that_of_others(self, member, client):
        other = factories.SubscriptionFactory(confirmed=True)
        client.force_login(member)

        client.post(reverse("members:end_subscription"))

        other.refresh_from_db()
        assert other.state == "confirmed"


class TestTheName:
    def test_can_be_changed(self, member, client):
        client.force_login(member)

        client.post(reverse("members:name"), {"name": "Sam  van der Wit"})

        member.refresh_from_db()
        assert str(member) == "Sam van der Wit"

    @pytest.mark.parametrize("name", ["", " ", "\u200b", "Sam\r\nBcc: x@example.org", "x" * 51])
    def test_is_one_that_can_be_read(self, member, client, name):
        client.force_login(member)

        response = client.post(reverse("members:name"), {"name": name})

        member.refresh_from_db()
        assert response.status_code == 422
        assert str(member) == "Sam de Wit"
