import datetime as dt
import io
import json

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.utils import timezone

from mail import bounces, delivering, suppression
from mail.models import Bounce, Message, Suppression
from tests.factories import MessageFactory
from tests.mail import letters

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)


@pytest.fixture
def message() -> Message:
    return MessageFactory(to="Weg@example.org", sent=True, attempts=1)


def receive(raw: bytes, *, days: int = 0) -> tuple[str, bool]:
    outcome = bounces.receive(raw, now=NOW + dt.timedelta(days=days))
    return outcome.kind, outcome.suppressed


class TestAReport:
    def test_of_a_mailbox_that_does_not_exist_stops_all_mail_to_it(self, message, server):
        assert receive(letters.notification(message)) == ("hard", True)

        MessageFactory(to="weg@example.org")
        delivering.deliver_all()

        assert server.taken == []
        row = Suppression.objects.get()
        assert (row.reason, row.hint) == ("bounce", "W…@example.org")

    @pytest.mark.parametrize("copy", ["message/rfc822", "text/rfc822-headers"])
    def test_is_believed_for_what_comes_back_with_it(self, message, copy):
        assert receive(letters.notification(message, copy=copy)) == ("hard", True)

    def test_of_a_full_mailbox_counts_on_three_different_days(self, message):
        full = letters.notification(message, status="5.2.2", diagnosis="smtp; 552 5.2.2 full")

        assert [receive(full, days=day) for day in (0, 0, 0, 7)] == [("soft", False)] * 4
        assert receive(full, days=14) == ("soft", True)
        assert Suppression.objects.get().reason == "unreachable"

    def test_of_a_full_mailbox_is_forgiven_after_six_weeks(self, message):
        full = letters.notification(message, status="5.2.2", diagnosis="smtp; 552 5.2.2 full")

        assert {receive(full, days=day) for day in (0, 30, 60, 90)} == {("soft", False)}

    def test_of_a_delay_counts_for_nothing(self, message):
        delayed = letters.notification(message, status="4.4.1", action="delayed", diagnosis="")

        assert {receive(delayed, days=day) for day in range(9)} == {("soft", False)}
        assert not Bounce.objects.exists()

    def test_of_a_complaint_stops_all_mail_at_once_and_is_logged(self, message, caplog):
        assert receive(letters.complaint(message)) == ("complaint", True)

        assert Suppression.objects.get().reason == "complaint"
        assert str(message.key) in caplog.text
        assert "example.org" not in caplog.text

    def test_of_a_person_who_is_away_changes_nothing(self, message):
        words, _kind = letters.IN_FREE_WORDS["away"]

        assert receive(letters.filled(words, message)) == ("other", False)
        assert not Bounce.objects.exists()

    def test_that_names_no_mail_of_ours_is_not_believed(self, message):
        forged = letters.notification(message).replace(str(message.key).encode(), b"1234")
        complaint = letters.complaint(message).replace(b"@estafette", b"@elders")

        assert receive(forged) == ("hard", False)
        assert receive(complaint) == ("complaint", False)
        assert not Suppression.objects.exists()

    def test_about_a_mail_that_never_left_is_not_believed(self):
        assert receive(letters.notification(MessageFactory())) == ("hard", False)

    def test_stops_only_the_address_to_which_the_mail_went(self, message):
        victim = MessageFactory(to="ander@example.org", sent=True, attempts=1)
        raw = letters.notification(message).replace(b"Weg@example.org", victim.to.encode())

        assert receive(raw) == ("hard", True)
        assert suppression.is_suppressed(message.to)
        assert not suppression.is_suppressed(victim.to)

    def test_twice_says_the_same(self, message):
        raw = letters.notification(message)

        assert receive(raw) == receive(raw) == ("hard", True)
        assert Suppression.objects.count() == 1


class TestTheServersOwnAnswer:
    @pytest.mark.parametrize(
        ("answer", "stops"),
        [("550 5.1.1 no such user", True), ("552 5.2.2 full", False), ("554 relay denied", False)],
    )
    def test_about_an_address_counts_as_a_report(self, server, answer, stops):
        message = MessageFactory()
        server.replies[message.to] = answer

        delivering.deliver_all()

        assert suppression.is_suppressed(message.to) is stops
        assert Bounce.objects.get().kind == ("hard" if stops else "soft")

    def test_about_the_text_says_nothing_of_the_address(self, server):
        message = MessageFactory()
        server.data_replies[message.to] = "554 5.6.0 we do not like this text"

        delivering.deliver_all()

        assert not Bounce.objects.exists()

    def test_that_stays_a_no_for_three_days_counts_once(self, server):
        message = MessageFactory()
        server.replies[message.to] = "451 4.2.2 mailbox full"
        with time_machine.travel(timezone.now(), tick=False) as clock:
            while Message.objects.get().state != Message.State.FAILED:
                delivering.deliver_due()
                clock.shift(dt.timedelta(hours=6))

        assert [bounce.kind for bounce in Bounce.objects.all()] == ["soft"]


class TestTheCommand:
    def run(self, monkeypatch, raw: bytes) -> dict:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(raw)))
        out = io.StringIO()
        call_command("receive_bounce", stdout=out)
        return json.loads(out.getvalue().splitlines()[-1])

    def test_says_what_it_was_and_what_followed(self, message, monkeypatch):
        said = self.run(monkeypatch, letters.notification(message))

        assert said == {"kind": "hard", "suppressed": True}

    def test_refuses_what_is_no_mail_in_one_line(self, monkeypatch):
        with pytest.raises(CommandError, match="has none"):
            self.run(monkeypatch, b"")
