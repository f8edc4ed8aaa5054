import csv
import datetime as dt
import io

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from community.subscriptions import selections
from community.subscriptions.lists import incoming
from community.subscriptions.lists.outgoing import as_csv
from community.subscriptions.models import Agreement, Choice, Subscription
from community.subscriptions.selections import EVERYTHING, Selection
from mail import suppression
from mail.models import Message, Suppression
from tests.factories import ChainFactory, SubscriptionFactory, UserFactory

NOW = dt.datetime(2026, 11, 25, 12, tzinfo=dt.UTC)
GOOD = {
    "email": "nieuw@example.org",
    "consent_text": "Ja, stuur mij de nieuwsbrief.",
    "consent_page": "https://oud.example.org/nieuwsbrief",
    "requested_at": "2024-03-02T12:00",
    "confirmed_at": "2024-03-02T12:07:00+01:00",
}

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def content(*rows: dict, delimiter=",", start="") -> bytes:
    file = io.StringIO()
    writer = csv.DictWriter(
        file, list(dict.fromkeys(name for row in rows for name in row)), delimiter=delimiter
    )
    writer.writeheader()
    writer.writerows(rows)
    return (start + file.getvalue()).encode()


def take(*rows: dict, dry_run=False, **kwargs) -> incoming.Report:
    return incoming.run(content(*rows, **kwargs), now=NOW, dry_run=dry_run)


def person(**changes) -> dict:
    return {**GOOD, **changes}


class TestAFileOfSubscribers:
    def test_subscribes_with_the_proof_that_it_brings(self):
        chain = ChainFactory()

        report = take(
            person(frequency="monthly", language="en", choices=f"chain:{chain.pk} tools:")
        )

        subscription, agreement = Subscription.objects.get(), Agreement.objects.get()
        assert (report.accepted, report.refused) == (1, [])
        assert subscription.state == "confirmed"
        assert (subscription.frequency, subscription.language) == ("monthly", "en")
        assert subscription.digested_until == NOW
        assert subscription.next_digest_at == dt.datetime(2026, 12, 1, 7, tzinfo=dt.UTC)
        assert selections.of(subscription) == Selection.of(agreement.choices)
        assert selections.of(subscription) == Selection.of(
            [("chain", str(chain.pk)), ("tools", "")]
        )
        assert agreement.consent_text == GOOD["consent_text"]
        assert agreement.consent_version == "import"
        assert agreement.requested_at == dt.datetime(2024, 3, 2, 11, tzinfo=dt.UTC)
        assert agreement.confirmed_at == dt.datetime(2024, 3, 2, 11, 7, tzinfo=dt.UTC)
        assert not Message.objects.exists()

    def test_is_about_everything_where_it_does_not_say(self):
        take(person())

        assert selections.of(Subscription.objects.get()) == EVERYTHING

    def test_may_come_from_a_spreadsheet(self):
        assert take(person(), delimiter=";", start="\ufeff").accepted == 1

    def test_stores_nothing_when_it_is_only_looked_at(self):
        report = take(person(), person(email="geen adres"), dry_run=True)

        assert (report.accepted, [line for line, _ in report.refused]) == (1, [3])
        assert not Subscription.objects.exists()

    @pytest.mark.parametrize(
        "changes",
        [
            {"email": ""},
            {"email": "geen adres"},
            {"email": '"a\x07"@example.org'},
            {"email": "a" * 300 + "@example.org"},
            {"consent_text": ""},
            {"consent_text": "\x00"},
            {"consent_page": ""},
            {"consent_page": "x" * 251},
            {"consent_version": "x" * 21},
            {"requested_at": ""},
            {"requested_at": "gisteren"},
            {"requested_at": "0001-01-01T00:00:00+14:00"},
            {"confirmed_at": "9999-12-31T23:59"},
            {"confirmed_at": "2024-03-01T12:00"},
            {"confirmed_at": "2031-01-01T12:00"},
            {"frequency": "hourly"},
            {"language": "xx"},
            {"choices": "chain:9999"},
            {"choices": "\x00"},
            {"state": "ended"},
        ],
    )
    def test_has_bad_rows_refused_and_the_others_taken(self, changes):
        report = take(person(**changes), person(email="goed@example.org"))

        assert report.accepted == 1
        [(line, reason)] = report.refused
        assert (line, bool(reason)) == (2, True)
        assert Subscription.objects.get().email == "goed@example.org"

    @pytest.mark.parametrize("state", ["pending", "confirmed", "ended"])
    def test_changes_nothing_of_who_is_known(self, state):
        traits = {} if state == "pending" else {state: True}
        SubscriptionFactory(email="Nieuw@example.org", **traits)
        before = list(Subscription.objects.values())

        assert take(person()).accepted == 0
        assert list(Subscription.objects.values()) == before

    def test_takes_an_address_once(self):
        report = take(person(), person(email="NIEUW@example.org"))

        assert (report.accepted, len(report.refused)) == (1, 1)

    def test_leaves_out_who_may_get_no_mail(self):
        suppression.suppress(GOOD["email"], Suppression.Reason.values[0])

        assert take(person()).accepted == 0

    @pytest.mark.parametrize(
        "file",
        [
            b"",
            b"\x00",
            b"\xff\xfe\x00",
            b"email\r\nlezer@example.org",
            b'email,"',
            b"a" * 200_000,
        ],
    )
    def test_that_is_no_such_file_is_refused_whole(self, file):
        with pytest.raises(incoming.BadFile):
            incoming.run(file, now=NOW, dry_run=False)

    def test_of_too_many_rows_is_refused_whole(self, monkeypatch):
        monkeypatch.setattr(incoming, "MOST_ROWS", 1)

        with pytest.raises(incoming.BadFile):
            take(person(), person(email="b@example.org"))
        assert not Choice.objects.exists()


class TestTheExport:
    def test_can_be_taken_in_again(self):
        SubscriptionFactory(confirmed=True, choices=[("tools", "")], consent_version="2")
        SubscriptionFactory(ended=True)
        file = "".join(as_csv()).encode()
        Subscription.objects.all().delete()

        report = incoming.run(file, now=timezone.now(), dry_run=False)

        subscription = Subscription.objects.get()
        assert (report.accepted, len(report.refused)) == (1, 1)
        assert selections.of(subscription) == Selection.of([("tools", "")])
        assert subscription.consent_version == "2"

    def test_holds_no_formula(self):
        SubscriptionFactory(email="+cmd@example.org", consent_text='=HYPERLINK("https://x")')

        [row] = csv.DictReader(io.StringIO("".join(as_csv()).removeprefix("\ufeff")))

        assert row["email"].startswith("'+")
        assert row["consent_text"].startswith("'=")

    def test_costs_as_many_queries_for_ten_as_for_one(self, count_queries):
        SubscriptionFactory(confirmed=True)
        one = count_queries(lambda: list(as_csv()))
        SubscriptionFactory.create_batch(10, confirmed=True)

        assert count_queries(lambda: list(as_csv())) == one


class TestInTheAdmin:
    @pytest.fixture
    def admin(self) -> Client:
        client = Client()
        client.force_login(UserFactory(is_superuser=True))
        return client

    @staticmethod
    def send(client, file: bytes, **fields):
        upload = SimpleUploadedFile("abonnees.csv", file)
        return client.post("/admin/abonnees/importeren/", {"file": upload, **fields})

    def test_a_file_is_looked_at_first_and_then_taken(self, admin):
        file = content(person(), person(email="geen adres"))
        assert "checked" in admin.get("/admin/abonnees/importeren/").content.decode()

        looked = self.send(admin, file, dry_run="on")
        assert not Subscription.objects.exists()
        taken = self.send(admin, file)

        for response in (looked, taken):
            assert "Dit is geen e-mailadres." in response.content.decode()
        assert Subscription.objects.get().email == GOOD["email"]

    @pytest.mark.parametrize("file", [b"", b"\xff", b"x" * (4 * 1024 * 1024 + 1)])
    def test_a_bad_file_gives_the_form_back(self, admin, file):
        assert self.send(admin, file).status_code == 422

    def test_the_list_leads_to_both(self, admin):
        page = admin.get("/admin/abonnementen/").content.decode()

        assert "/admin/abonnees/export.csv" in page
        assert "/admin/abonnees/importeren/" in page

    def test_the_export_is_a_file(self, admin):
        mine = SubscriptionFactory()

        response = admin.get("/admin/abonnees/export.csv")

        assert mine.email in b"".join(response.streaming_content).decode()
        assert "no-store" in response["Cache-Control"]

    def test_each_needs_its_own_right(self):
        looker = UserFactory()
        codenames = ["access_admin", "view_subscription"]
        looker.user_permissions.set(Permission.objects.filter(codename__in=codenames))
        client = Client()
        client.force_login(looker)

        assert client.get("/admin/abonnees/export.csv").status_code == 200
        assert client.get("/admin/abonnees/importeren/").status_code == 302
        assert self.send(client, content(person())).status_code == 302
        assert "importeren" not in client.get("/admin/abonnementen/").content.decode()
        assert not Subscription.objects.exists()
