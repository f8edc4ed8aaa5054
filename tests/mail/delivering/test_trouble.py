"""What a server refuses, and what a broken connection leaves."""

import datetime as dt

import pytest
from django.utils import timezone

from mail.delivering import deliver_all, deliver_due
from mail.models import Message
from tests.factories import MessageFactory
from tests.mail.delivering.states import State, in_seconds, states_of

NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)


@pytest.mark.django_db
class TestARefusedMessage:
    def test_fails_alone_for_a_5xx(self, server):
        before, bad, after = MessageFactory.create_batch(3)
        server.replies[bad.to] = "550 no such user"

        result = deliver_all()

        assert (result.sent, result.failed) == (2, 1)
        assert states_of(before, bad, after) == [State.SENT, State.FAILED, State.SENT]
        assert server.addresses == [before.to, after.to]
        assert "550 no such user" in Message.objects.get(pk=bad.pk).error
        assert server.connections == 1

    @pytest.mark.parametrize("rule", ["replies", "data_replies"])
    def test_is_tried_again_for_a_4xx(self, server, rule):
        bad, after = MessageFactory.create_batch(2)
        getattr(server, rule)[bad.to] = "451 greylisted"
        server.once = True

        deliver_due(now=in_seconds(0))
        assert states_of(bad, after) == [State.DEFERRED, State.SENT]
        deliver_due(now=in_seconds(30))
        assert states_of(bad) == [State.DEFERRED]
        deliver_due(now=in_seconds(61))

        assert states_of(bad) == [State.SENT]
        assert server.addresses == [after.to, bad.to]

    def test_fails_when_it_was_tried_for_72_hours(self, server):
        bad = MessageFactory(due_at=NOW)
        server.replies[bad.to] = "451 later"
        moment = NOW
        while states_of(bad) != [State.FAILED]:
            deliver_due(now=moment)
            bad.refresh_from_db()
            last, moment = moment, bad.due_at

        tried_for = last - NOW
        assert dt.timedelta(hours=60) < tried_for <= dt.timedelta(hours=72)
        assert server.taken == []

    def test_waits_longer_each_time(self, server):
        bad = MessageFactory(due_at=NOW)
        server.replies[bad.to] = "421 too busy"
        waits, moment = [], NOW
        for _ in range(5):
            deliver_due(now=moment)
            bad.refresh_from_db()
            waits.append((bad.due_at - moment).total_seconds())
            moment = bad.due_at

        assert waits == [10, 20, 40, 80, 160]

    def test_is_not_failed_because_we_are_not_let_in(self, server):
        message = MessageFactory()
        server.sender_reply = "550 relaying denied"

        deliver_due()

        assert states_of(message) == [State.DEFERRED]

    def test_that_cannot_be_composed_holds_up_nobody(self, server):
        bad = MessageFactory(headers={"X-Odd": "a\r\nBcc: evil@example.com"})
        after = MessageFactory()

        deliver_due()

        assert states_of(bad, after) == [State.FAILED, State.SENT]
        assert server.addresses == [after.to]

    def test_with_an_address_that_no_server_takes_holds_up_nobody(self, server):
        bad, after = MessageFactory(to="a@b@c"), MessageFactory()

        deliver_due()

        assert states_of(bad, after) == [State.FAILED, State.SENT]


@pytest.mark.django_db
class TestABrokenConnection:
    def test_after_data_is_sent_again_at_most_once_with_the_same_id(self, server):
        first, dropped, last = MessageFactory.create_batch(3)
        server.drops, server.once = {dropped.to}, True

        deliver_due(now=in_seconds(0))
        assert states_of(first, dropped, last) == [State.SENT, State.DEFERRED, State.SENT]
        deliver_due(now=in_seconds(11))

        assert server.addresses == [first.to, dropped.to, last.to, dropped.to]
        ids = [mail["Message-ID"] for mail in server.mails]
        assert ids[1] == ids[3] == f"<{dropped.key}@estafette.example.org>"
        assert len(set(ids)) == 3

    def test_by_one_message_each_time_holds_up_nobody(self, server):
        bad, *others = MessageFactory.create_batch(6)
        server.drops = {bad.to}

        deliver_all()

        assert set(states_of(*others)) == {State.SENT}

    def test_several_times_in_a_row_ends_the_batch(self, server):
        messages = MessageFactory.create_batch(10)
        server.drops = {message.to for message in messages}

        result = deliver_all()

        assert result.away
        assert server.connections == 3
        assert set(states_of(*messages)) == {State.DEFERRED}

    def test_when_nobody_answers_leaves_all_for_soon(self, server):
        messages = MessageFactory.create_batch(3)
        server.close()

        result = deliver_all()

        assert result.away
        assert set(states_of(*messages)) == {State.DEFERRED}
        rows = Message.objects.all()
        assert all(row.attempts == 0 and "refused" in row.error for row in rows)
        assert all(row.due_at < timezone.now() + dt.timedelta(minutes=1) for row in rows)

    def test_by_a_silent_server_ends_after_the_timeout(self, server, settings):
        server.becomes_the_way_out(settings, timeout=0.2)
        server.silent = True
        message = MessageFactory()

        result = deliver_all()

        assert result.away
        assert states_of(message) == [State.DEFERRED]

    def test_never_makes_a_message_fail_while_the_server_is_away(self, server):
        message = MessageFactory(due_at=NOW)
        server.close()

        for day in range(30):
            deliver_due(now=NOW + dt.timedelta(days=day))

        assert states_of(message) == [State.DEFERRED]
