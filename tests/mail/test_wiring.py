import datetime as dt
import email
import email.policy
import re
from email.message import EmailMessage

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from mail import composing, delivering, marking, states, suppression, wiring
from mail.models import Body, Message, Suppression
from tests.factories import MessageFactory

State = Message.State
BARE_END = re.compile(rb"\r(?!\n)|(?<!\r)\n")  # which no server has to take: RFC 5321, 2.3.8
WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=300)


def parsed(raw: bytes) -> EmailMessage:
    mail = email.message_from_bytes(raw, policy=email.policy.default)
    assert [part.defects for part in mail.walk() if part.defects] == []
    return mail


def lines_of(part: EmailMessage) -> list[str]:
    return part.get_content().replace("\r\n", "\n").rstrip("\n").split("\n")


def without_dates(mail: EmailMessage) -> dict[str, str]:
    # Python 3.12 puts a space too many between the words of a long subject.
    own = {"Date", "Subject", "Content-Type", "Content-Transfer-Encoding"}
    return {name: str(value).strip() for name, value in mail.items() if name not in own}


class TestAMailAsBytes:
    @pytest.mark.parametrize("html", ["", "<p>Eén & één</p>\n.<p>punt</p>"])
    @pytest.mark.parametrize("subject", ["Bericht", "ë" * 250, "a" * 250, "日本 " * 60])
    def test_says_what_djangos_says(self, html, subject):
        headers = {"List-Unsubscribe": f"<https://example.org/{'x' * 300}/>"}
        message = MessageFactory.build(
            subject=subject, text="Dag,\n.\n\nlézer \n" + "woord " * 300, html=html, headers=headers
        )

        ours = parsed(wiring.write(message))
        theirs = parsed(composing.compose(message).message().as_bytes())

        assert ours["Subject"].strip() == subject.strip()
        assert without_dates(ours) == without_dates(theirs)
        assert ours.get_content_type() == theirs.get_content_type()
        for own, other in zip(ours.walk(), theirs.walk(), strict=True):
            if not own.is_multipart():
                assert own.get_content_type() == other.get_content_type()
                assert lines_of(own) == lines_of(other)

    @given(text=WORDS, html=WORDS, subject=WORDS)
    def test_is_well_formed_whatever_it_says(self, text, html, subject):
        message = MessageFactory.build(
            subject=" ".join(subject.split())[:250], text=text, html=html
        )
        try:
            raw = wiring.write(message)
        except ValueError:
            assert any(end in message.subject for end in "\r\n")
            return

        assert not BARE_END.search(raw)
        assert max(map(len, raw.split(b"\r\n"))) <= 998
        assert raw.isascii()
        parts = [part for part in parsed(raw).walk() if not part.is_multipart()]
        assert len(parts) == (2 if html else 1)

    @given(said=st.lists(WORDS, min_size=1, max_size=4), own=WORDS, html=st.booleans())
    def test_of_many_says_in_each_copy_what_djangos_says(self, said, own, html):
        marks = marking.make(["own_link"])
        words = marks["own_link"].join(["Dag,", *said])
        body = Body(text=words, html=f"<p>{words}</p>" if html else "", marks=marks)
        copy = MessageFactory.build(body=body, own={"own_link": own})

        raw = wiring.write(copy)
        ours = parsed(raw)
        theirs = parsed(composing.compose(copy).message().as_bytes())

        assert not BARE_END.search(raw)
        assert max(map(len, raw.split(b"\r\n"))) <= 998
        for one, other in zip(ours.walk(), theirs.walk(), strict=True):
            assert one.get_content_type() == other.get_content_type()
            if not one.is_multipart():
                assert lines_of(one) == lines_of(other)

    @pytest.mark.parametrize("name", ["X\r\nBcc", "X"])
    def test_is_not_made_with_a_line_end_in_a_header(self, name):
        with pytest.raises(ValueError, match="one line"):
            wiring.write(MessageFactory.build(headers={name: "a\nBcc: evil@example.com"}))

    @pytest.mark.parametrize("to", ["lezer@exämple.org", "a@b@c", "Naam <a@b.nl>", "a b@c.nl", ""])
    def test_is_left_to_django_for_an_odd_address(self, to):
        assert not wiring.can_be_wired(MessageFactory.build(to=to))


@pytest.mark.django_db
class TestCommandsTogether:
    @pytest.fixture(autouse=True)
    def _allowed(self, server):
        server.pipelining = True

    def test_hand_over_every_mail_whole(self, server):
        messages = MessageFactory.create_batch(30, text=".\n..\nDag\n", html="")

        assert delivering.deliver_all().sent == 30

        # On a busy machine the last ones of a batch may wait for the next.
        assert sorted(server.addresses) == sorted(message.to for message in messages)
        assert server.connections == 1
        assert {mail.get_content().replace("\r\n", "\n") for mail in server.mails} == {
            ".\n..\nDag\n"
        }

    @pytest.mark.parametrize("rule", ["replies", "data_replies"])
    @pytest.mark.parametrize(("reply", "state"), [("550 no", "failed"), ("451 later", "deferred")])
    def test_let_a_refused_one_harm_no_other(self, server, rule, reply, state):
        before, bad, after = MessageFactory.create_batch(3)
        getattr(server, rule)[bad.to] = reply

        delivering.deliver_all()

        rows = {row.to: row.state for row in Message.objects.all()}
        assert rows == {before.to: "sent", bad.to: state, after.to: "sent"}
        assert set(server.addresses) - {bad.to} == {before.to, after.to}

    def test_do_not_fail_a_mail_because_we_are_not_let_in(self, server):
        server.sender_reply = "550 relaying denied"
        MessageFactory()

        delivering.deliver_all()

        assert Message.objects.get().state == "deferred"

    def test_lose_nothing_when_the_connection_breaks(self, server):
        first, dropped, last = MessageFactory.create_batch(3)
        server.drops = {dropped.to}

        delivering.deliver_all()

        rows = {row.to: row.state for row in Message.objects.all()}
        assert rows == {first.to: "sent", dropped.to: "deferred", last.to: "sent"}

    def test_never_hand_over_half_a_mail_when_another_sender_takes_over(self, server, monkeypatch):
        first, second = MessageFactory.create_batch(2)
        advance = states.advance

        def taken_over(batch, message):
            batch.delete()
            return advance(batch, message)

        with monkeypatch.context() as patched:
            patched.setattr(states, "advance", taken_over)
            delivering.deliver_due()

        assert server.addresses == [first.to]
        later = timezone.now() + states.LEASE + dt.timedelta(seconds=1)
        assert delivering.deliver_due(now=later).sent == 2
        assert server.addresses == [first.to, first.to, second.to]

    def test_go_on_after_one_of_which_no_mail_can_be_made(self, server):
        first, odd, last = MessageFactory.create_batch(3)
        Message.objects.filter(pk=odd.pk).update(headers={"X-Odd": "a\nBcc: b@example.org"})

        delivering.deliver_all()

        rows = {row.to: row.state for row in Message.objects.all()}
        assert rows == {first.to: "sent", odd.to: "failed", last.to: "sent"}
        assert server.addresses == [first.to, last.to]

    def test_are_no_promise_for_an_address_that_gets_no_mail(self, server):
        first, hidden, last = MessageFactory.create_batch(3)
        suppression.suppress(hidden.to, reason=Suppression.Reason.MANUAL)

        delivering.deliver_all()

        assert server.addresses == [first.to, last.to]
        assert server.connections == 1
