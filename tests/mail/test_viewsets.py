import datetime as dt

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.utils import timezone
from wagtail.models import ModelLogEntry

from mail import bounces, suppression
from mail.models import Bounce, Message, Suppression
from tests.factories import MessageFactory, UserFactory

pytestmark = pytest.mark.django_db
VALUES = ["", "0", "-1", "99999999", "abc", "\u0661", "\x00", "'; --", "%", "kind__to", "-to"]
EDITOR = ("view_message", "change_message", "view_suppression", "add_suppression")


@pytest.fixture
def admin() -> Client:
    return logged_in(is_superuser=True)


@pytest.fixture
def editor() -> Client:
    return logged_in(*EDITOR, "delete_suppression")


def logged_in(*rights: str, **traits) -> Client:
    user = UserFactory(**traits)
    user.user_permissions.set(
        Permission.objects.filter(codename__in=["access_admin", *rights]),
    )
    client = Client()
    client.force_login(user)
    return client


def page(client: Client, path: str, **query: str) -> str:
    return client.get(path, query).content.decode()


class TestTheOutboxInTheAdmin:
    def test_shows_where_each_mail_stands_and_not_what_it_says(self, admin):
        message = MessageFactory(subject="Bevestig", text="geheime link", html="<p>geheim</p>")

        listing = page(admin, "/admin/post/")
        shown = page(admin, f"/admin/post/inspect/{message.pk}/")

        assert message.to in listing
        assert "Bevestig" in shown
        assert "geheim" not in listing + shown

    def test_says_why_a_mail_has_not_left(self, admin):
        message = MessageFactory(state="deferred", error="451 kom straks terug", attempts=3)
        bounces.note(message, Bounce.Kind.SOFT, status="4.2.2", now=timezone.now())

        assert "451 kom straks terug" in page(admin, "/admin/post/")
        shown = page(admin, f"/admin/post/inspect/{message.pk}/")
        assert "451 kom straks terug" in shown
        assert "4.2.2" in shown

    def test_masks_addresses_for_who_may_not_see_them(self, editor):
        message = MessageFactory(
            to="geheim@example.org", state="deferred", error="450 <GEHEIM@example.org> vol"
        )

        for path in ("/admin/post/", f"/admin/post/inspect/{message.pk}/"):
            shown = page(editor, path)
            assert "g…@example.org" in shown
            assert "geheim" not in shown.lower()

    def test_finds_by_address_only_for_who_may_see_those(self, admin, editor):
        MessageFactory(to="geheim@example.org", subject="Gevonden")

        assert "Gevonden" in page(admin, "/admin/post/", q="geheim@")
        assert "Gevonden" not in page(editor, "/admin/post/", q="geheim@")
        assert "Gevonden" in page(editor, "/admin/post/", q="gevon")

    def test_finds_by_kind_and_state(self, editor):
        MessageFactory(kind="digests.digest", state="failed", subject="Deze")
        MessageFactory(kind="digests.digest", subject="Wacht")
        MessageFactory(kind="comments.confirm", state="failed", subject="Anders")

        listing = page(editor, "/admin/post/", kind__icontains="digest", state="failed")

        assert "Deze" in listing
        assert "Wacht" not in listing
        assert "Anders" not in listing

    @pytest.mark.parametrize("name", ["q", "state", "kind__icontains", "ordering", "p"])
    @pytest.mark.parametrize("value", VALUES)
    def test_answers_whatever_is_asked(self, editor, name, value):
        assert editor.get("/admin/post/", {name: value}).status_code in (200, 400, 404)

    def test_costs_as_many_queries_for_ten_as_for_one(self, editor, count_queries):
        MessageFactory()
        one = count_queries(lambda: editor.get("/admin/post/"))
        MessageFactory.create_batch(10)

        assert count_queries(lambda: editor.get("/admin/post/")) == one

    @pytest.mark.parametrize("action", ["new/", "edit/{pk}/", "delete/{pk}/"])
    def test_changes_no_row_even_for_an_administrator(self, admin, action):
        message = MessageFactory()

        response = admin.post(f"/admin/post/{action.format(pk=message.pk)}")

        assert response.status_code in (302, 403)
        assert list(Message.objects.values_list("pk", "state")) == [(message.pk, "queued")]

    def test_is_closed_to_who_may_not_see_it(self):
        message = MessageFactory()

        response = logged_in().get("/admin/post/", follow=True)

        assert message.to not in response.content.decode()


class TestAMailInTheAdmin:
    @pytest.mark.parametrize("state", ["deferred", "failed", "suppressed"])
    def test_is_sent_again_when_asked(self, editor, state):
        message = MessageFactory(
            state=state, due_at=timezone.now() + dt.timedelta(days=1), attempts=2
        )
        path = f"/admin/post/again/{message.pk}/"
        assert path in page(editor, f"/admin/post/inspect/{message.pk}/")

        editor.post(path)

        assert list(Message.objects.due(timezone.now())) == [message]
        entry = ModelLogEntry.objects.get()
        assert entry.action == "mail.try_again"
        assert entry.user is not None

    @pytest.mark.parametrize("state", ["sending", "sent", "cancelled"])
    def test_is_not_sent_twice(self, editor, state):
        sent_at = timezone.now() if state == "sent" else None
        message = MessageFactory(state=state, sent_at=sent_at)
        path = f"/admin/post/again/{message.pk}/"
        assert path not in page(editor, f"/admin/post/inspect/{message.pk}/")

        editor.post(path)

        assert Message.objects.get().state == state
        assert not ModelLogEntry.objects.exists()

    def test_without_its_words_is_not_sent_again(self, editor):
        message = MessageFactory(state="failed", subject="", text="", html="")

        editor.post(f"/admin/post/again/{message.pk}/")

        assert Message.objects.get().state == "failed"

    def test_is_cancelled_when_asked(self, editor):
        message = MessageFactory()

        editor.post(f"/admin/post/cancel/{message.pk}/")

        assert Message.objects.get().state == "cancelled"
        assert ModelLogEntry.objects.get().action == "mail.cancel"

    @pytest.mark.parametrize("action", ["again", "cancel"])
    def test_is_left_alone_on_get_and_by_others(self, editor, action):
        message = MessageFactory(state="deferred")
        before = list(Message.objects.values())

        editor.get(f"/admin/post/{action}/{message.pk}/")
        logged_in("view_message").post(f"/admin/post/{action}/{message.pk}/")

        assert list(Message.objects.values()) == before
        assert path_of(action, message) not in page(
            logged_in("view_message"), f"/admin/post/inspect/{message.pk}/"
        )


def path_of(action: str, message: Message) -> str:
    return f"/admin/post/{action}/{message.pk}/"


class TestTheAddressesWithoutMail:
    def test_are_listed_with_the_reason_and_never_whole(self, editor):
        suppression.suppress("geheim@example.org", Suppression.Reason.COMPLAINT)

        listing = page(editor, "/admin/geen-mail/")

        assert "g…@example.org" in listing
        assert "geheim" not in listing

    def test_are_found_by_whoever_knows_one(self, editor):
        suppression.suppress("ik@example.org", Suppression.Reason.BOUNCE)
        suppression.suppress("zij@example.net", Suppression.Reason.BOUNCE)

        listing = page(editor, "/admin/geen-mail/", q="IK@example.org")

        assert "i…@example.org" in listing
        assert "z…@example.net" not in listing

    def test_take_another_with_a_reason(self, editor):
        form = {"email": "Stop@example.org", "note": "Belde ons."}
        editor.get("/admin/geen-mail/new/", form)
        assert not Suppression.objects.exists()

        editor.post("/admin/geen-mail/new/", form)

        row = Suppression.objects.get()
        assert (row.reason, row.note) == ("manual", "Belde ons.")
        assert suppression.is_suppressed("stop@example.org")

    @pytest.mark.parametrize(
        "form",
        [{"email": "stop@example.org"}, {"note": "x"}, {"email": "geen adres", "note": "x"}],
    )
    def test_take_none_without_an_address_and_a_reason(self, editor, form):
        assert editor.post("/admin/geen-mail/new/", form).status_code == 200
        assert not Suppression.objects.exists()

    def test_take_none_twice(self, editor):
        suppression.suppress("stop@example.org", Suppression.Reason.BOUNCE)

        editor.post("/admin/geen-mail/new/", {"email": "STOP@example.org", "note": "x"})

        assert Suppression.objects.get().reason == "bounce"

    def test_are_lifted_with_a_reason_that_stays(self, editor, admin):
        row = suppression.suppress("weg@example.org", Suppression.Reason.BOUNCE)
        path = f"/admin/geen-mail/delete/{row.pk}/"
        assert path in page(editor, "/admin/geen-mail/")

        editor.get(path)
        editor.post(path)
        assert suppression.is_suppressed("weg@example.org")
        editor.post(path, {"reason": "Server hersteld."})

        assert not suppression.is_suppressed("weg@example.org")
        entry = ModelLogEntry.objects.get()
        assert (entry.action, entry.data) == ("mail.lift", {"reason": "Server hersteld."})
        assert "Server hersteld." in page(admin, "/admin/reports/site-history/")

    def test_are_lifted_by_nobody_else(self):
        row = suppression.suppress("weg@example.org", Suppression.Reason.BOUNCE)

        logged_in(*EDITOR).post(f"/admin/geen-mail/delete/{row.pk}/", {"reason": "x"})

        assert Suppression.objects.exists()

    def test_cost_as_many_queries_for_ten_as_for_one(self, editor, count_queries):
        suppression.suppress("een@example.org", Suppression.Reason.BOUNCE)
        one = count_queries(lambda: editor.get("/admin/geen-mail/"))
        for number in range(10):
            suppression.suppress(f"{number}@example.org", Suppression.Reason.BOUNCE)

        assert count_queries(lambda: editor.get("/admin/geen-mail/")) == one
