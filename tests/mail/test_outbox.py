import pytest
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from mail import outbox, states
from mail.delivering import deliver_all
from mail.models import Message
from tests.factories import MessageFactory


def enqueue(**kwargs) -> Message:
    defaults = {
        "kind": "subscriptions.confirm",
        "to": "lezer@example.org",
        "language": "nl",
        "template": "subscriptions/mail/confirm",
        "context": {"link": "https://estafette.example.org/a?b=1&c=2", "days": 7},
    }
    with transaction.atomic():
        return outbox.enqueue(**{**defaults, **kwargs})


def states_of(*messages: Message) -> list[str]:
    for message in messages:
        message.refresh_from_db()
    return [message.state for message in messages]


def deliver(message: Message) -> None:
    states.record(claim(message), Message.State.SENT, now=timezone.now())


def claim(message: Message) -> Message:
    _batch, [mine] = states.claim(now=timezone.now(), limit=1)
    assert mine == message
    return mine


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
class TestEnqueueOutsideATransaction:
    def test_raises_and_writes_nothing(self):
        with pytest.raises(outbox.TransactionRequired):
            outbox.enqueue(
                kind="a.b",
                to="lezer@example.org",
                language="nl",
                template="subscriptions/mail/already",
                context={},
            )

        assert not Message.objects.exists()


@pytest.mark.django_db
class TestEnqueue:
    def test_escapes_the_html_alone(self):
        name = 'José & Zoë <"x">'

        message = enqueue(context={"site_name": name, "link": "https://x/?a=1&b=2", "days": 7})

        assert name in message.subject
        assert name in message.text
        assert "https://x/?a=1&b=2" in message.text
        assert name not in message.html
        assert "José &amp; Zoë &lt;" in message.html

    def test_renders_in_the_language_asked_for(self):
        dutch, english = enqueue(language="nl"), enqueue(language="en")

        assert '<html lang="nl"' in dutch.html
        assert '<html lang="en"' in english.html

    def test_keeps_the_rules_for_dark_screens(self):
        html = enqueue().html

        assert "prefers-color-scheme: dark" in html
        assert 'style="' in html

    def test_asks_nothing_of_other_hosts(self):
        html = enqueue().html

        assert "<img" not in html
        assert "<link" not in html
        assert "@import" not in html
        assert "url(" not in html

    def test_keeps_the_subject_on_one_line(self):
        message = enqueue(context={"site_name": "a\r\nBcc: x\u2028yz\x00\ud800", "days": 7})

        assert "a Bcc: x yz" in message.subject

    def test_cuts_a_subject_that_is_too_long(self):
        assert len(enqueue(context={"site_name": "a" * 400, "days": 7}).subject) == 250

    @pytest.mark.parametrize("value", ["a\r\nBcc: x", "a\nb", "a\rb", "a\x00b", "a\u2028b"])
    def test_refuses_line_ends_in_headers(self, value):
        with pytest.raises(ValueError, match="one line"):
            enqueue(headers={"List-Id": value})
        with pytest.raises(ValueError, match="one line"):
            enqueue(headers={value: "x"})
        with pytest.raises(ValueError, match="one line"):
            enqueue(to=value)

    def test_leaves_no_holes_in_the_text(self):
        text = enqueue().text

        assert "\n\n\n" not in text
        assert text == text.lstrip()


@pytest.mark.django_db
class TestCancel:
    def test_drops_what_waits_of_that_kind_for_that_address(self):
        mine = MessageFactory(kind="a.digest", to="Ik@example.org")
        deferred = MessageFactory(kind="a.digest", to="ik@example.org", state="deferred")
        other_kind = MessageFactory(kind="a.confirm", to="ik@example.org")
        other = MessageFactory(kind="a.digest")
        sending = MessageFactory(kind="a.digest", to="ik@example.org", state="sending")

        assert outbox.cancel(kind="a.digest", to="ik@example.org") == 2

        rows = {row.pk: row.state for row in Message.objects.all()}
        assert rows[mine.pk] == rows[deferred.pk] == "cancelled"
        assert rows[other_kind.pk] == rows[other.pk] == "queued"
        assert rows[sending.pk] == "sending"

    def test_drops_what_is_about_one_thing_whatever_its_kind(self):
        first = MessageFactory(kind="a.reply", about="comment:1")
        second = MessageFactory(kind="a.page", about="comment:1")
        other = MessageFactory(kind="a.page", about="comment:12")

        assert outbox.cancel(kind="a.page", about="comment:1") == 1
        assert outbox.cancel(about="comment:1") == 1

        assert states_of(first, second, other) == ["cancelled", "cancelled", "queued"]

    def test_drops_what_is_for_one_address(self):
        mine, other = MessageFactory(to="ik@example.org"), MessageFactory()

        assert outbox.cancel(to="IK@example.org ") == 1

        assert states_of(mine, other) == ["cancelled", "queued"]

    def test_wants_to_know_which(self):
        waits = MessageFactory()

        with pytest.raises(ValueError, match="which"):
            outbox.cancel()

        assert states_of(waits) == ["queued"]


@pytest.mark.django_db
class TestWithdraw:
    def test_drops_those_very_mails_if_they_have_not_left(self):
        waits, gone, other = enqueue(), MessageFactory(sent=True), MessageFactory()

        assert outbox.withdraw([waits.pk, gone.pk]) == 1
        assert outbox.withdraw([waits.pk, gone.pk]) == 0

        assert states_of(waits, gone, other) == ["cancelled", "sent", "queued"]

    def test_of_nothing_drops_nothing(self):
        waits = MessageFactory()

        assert outbox.withdraw([]) == 0

        assert states_of(waits) == ["queued"]


@pytest.mark.django_db
class TestForget:
    def test_drops_what_waits_and_blanks_what_was_sent(self):
        sent = enqueue(about="comment:1", headers={"List-Unsubscribe": "<https://x/y>"})
        deliver(sent)
        waits = enqueue(about="comment:1")

        assert outbox.forget(about="comment:1") == 1

        assert states_of(sent, waits) == ["sent", "cancelled"]
        for row in Message.objects.all():
            assert (row.subject, row.text, row.html, row.headers) == ("", "", "", {})
            assert row.to == "lezer@example.org"

    def test_leaves_what_is_about_anything_else(self):
        other, nothing = enqueue(about="comment:12"), enqueue()

        outbox.forget(about="comment:1")

        for row in (other, nothing):
            row.refresh_from_db()
            assert row.text
            assert row.state == "queued"

    def test_sends_no_empty_mail_when_one_was_just_being_sent(self, server):
        sending = claim(MessageFactory(about="comment:1"))

        outbox.forget(about="comment:1")
        states.record(sending, Message.State.DEFERRED, now=timezone.now())
        deliver_all()

        assert server.mails == []
        assert states_of(sending) == ["cancelled"]

    def test_refuses_to_forget_everything(self):
        kept = enqueue()

        with pytest.raises(ValueError, match="about"):
            outbox.forget(about="")

        kept.refresh_from_db()
        assert kept.text


@pytest.mark.django_db
class TestAMailOnTheWire:
    def test_says_that_a_machine_wrote_it_and_when(self, server):
        message = enqueue(headers={"List-Id": "<digest.example.org>"})

        deliver_all()

        [mail] = server.mails
        assert mail["Auto-Submitted"] == "auto-generated"
        assert mail["X-Auto-Response-Suppress"] == "All"
        assert mail["Message-ID"] == f"<{message.key}@estafette.example.org>"
        assert mail["List-Id"] == "<digest.example.org>"
        assert mail["From"] == settings.DEFAULT_FROM_EMAIL
        assert mail["To"] == "lezer@example.org"
        assert mail["Date"].datetime is not None
        assert mail["Bcc"] is None

    def test_has_the_same_words_as_text_and_as_html(self, server):
        message = enqueue()

        deliver_all()

        [mail] = server.mails
        assert mail.get_content_type() == "multipart/alternative"
        text, html = mail.iter_parts()
        assert text.get_content().splitlines() == message.text.splitlines()
        assert html.get_content().splitlines() == message.html.splitlines()

    def test_has_no_line_that_is_too_long(self, server):
        """RFC 5321, 4.5.3.1.6: at most 998 characters before the line end."""
        long = "woord " * 400
        MessageFactory(text=long, html=f"<p>{'é' * 3000}</p>", subject="ë" * 250)

        deliver_all()

        [(_, raw)] = server.taken
        assert max(len(line) for line in raw.split(b"\r\n")) <= 998
        [mail] = server.mails
        assert mail["Subject"].strip() == "ë" * 250
