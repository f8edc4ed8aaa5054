import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from config import mailers
from mail import outbox, sending, states, suppression, tasks
from mail.delivering import deliver_all, deliver_due
from mail.models import Batch, Message, Suppression
from tests.factories import MessageFactory
from tests.races import together

State = Message.State
NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)


def states_of(*messages) -> list[str]:
    return [Message.objects.get(pk=message.pk).state for message in messages]


@pytest.mark.django_db
class TestDeliverDue:
    def test_sends_what_is_due_over_one_connection(self, server):
        messages = MessageFactory.create_batch(5)

        result = deliver_due()

        assert result.sent == 5
        assert server.addresses == [message.to for message in messages]
        assert server.connections == 1
        assert set(states_of(*messages)) == {State.SENT}
        assert all(message.sent_at for message in Message.objects.all())

    def test_leaves_what_is_not_due_and_what_is_done(self, server):
        MessageFactory(due_at=timezone.now() + dt.timedelta(minutes=1))
        MessageFactory(state=State.SENT, sent_at=timezone.now())
        for state in (State.FAILED, State.SUPPRESSED, State.CANCELLED):
            MessageFactory(state=state)

        assert deliver_all().found == 0
        assert server.connections == 0

    def test_opens_no_connection_for_nothing(self, server):
        deliver_due()

        assert server.connections == 0

    def test_takes_at_most_the_limit(self, server):
        MessageFactory.create_batch(3)

        assert deliver_due(limit=2).sent == 2
        assert deliver_due(limit=2).sent == 1

    def test_sends_each_mail_once(self, server):
        MessageFactory()

        deliver_all()
        tasks.deliver_due()

        assert len(server.taken) == 1

    def test_sends_nothing_to_a_suppressed_address(self, server):
        hidden, open_ = MessageFactory(to="Weg@Example.org"), MessageFactory()
        suppression.suppress("weg@example.org", Suppression.Reason.BOUNCE)

        deliver_due()

        assert states_of(hidden, open_) == [State.SUPPRESSED, State.SENT]
        assert server.addresses == [open_.to]


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

        deliver_due(now=NOW_PLUS(0))
        assert states_of(bad, after) == [State.DEFERRED, State.SENT]
        deliver_due(now=NOW_PLUS(30))
        assert states_of(bad) == [State.DEFERRED]
        deliver_due(now=NOW_PLUS(61))

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


def NOW_PLUS(seconds: int) -> dt.datetime:  # noqa: N802
    return timezone.now() + dt.timedelta(seconds=seconds)


@pytest.mark.django_db
class TestABrokenConnection:
    def test_after_data_is_sent_again_at_most_once_with_the_same_id(self, server):
        first, dropped, last = MessageFactory.create_batch(3)
        server.drops, server.once = {dropped.to}, True

        deliver_due(now=NOW_PLUS(0))
        assert states_of(first, dropped, last) == [State.SENT, State.DEFERRED, State.SENT]
        deliver_due(now=NOW_PLUS(11))

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


@pytest.mark.django_db
class TestALease:
    def test_of_a_dead_sender_runs_out_and_the_mail_is_sent(self, server):
        message = MessageFactory()
        _batch, [held] = states.claim(now=timezone.now(), limit=10)
        assert held == message

        assert deliver_due().found == 0
        deliver_due(now=NOW_PLUS(121))

        assert server.addresses == [message.to]
        assert states_of(message) == [State.SENT]

    def test_of_a_dead_sender_leaves_what_it_sent_and_sends_the_rest(self, server):
        sent, in_doubt, rest = MessageFactory.create_batch(3)
        batch, messages = states.claim(now=timezone.now(), limit=10)
        states.advance(batch, messages[0])

        deliver_due(now=NOW_PLUS(121))

        assert server.addresses == [in_doubt.to, rest.to]
        assert set(states_of(sent, in_doubt, rest)) == {State.SENT}
        assert not Batch.objects.exists()

    def test_that_was_lost_cannot_be_recorded_under(self):
        message = MessageFactory()
        batch, [frozen] = states.claim(now=timezone.now(), limit=1)
        later = NOW_PLUS(121)
        states.take_over(now=later)
        states.claim(now=later, limit=1)

        assert not states.record(frozen, State.FAILED, now=later)
        assert not states.advance(batch, frozen)
        states.finish(batch, now=later)
        assert states_of(message) == [State.SENDING]

    def test_that_was_lost_ends_the_senders_work(self, server, monkeypatch):
        """A sender that was frozen in mid-mail doubles that one and no other."""
        messages = MessageFactory.create_batch(3)
        advance = states.advance

        def freeze(batch, message):
            monkeypatch.setattr(states, "advance", advance)
            deliver_due(now=NOW_PLUS(121))
            return advance(batch, message)

        monkeypatch.setattr(states, "advance", freeze)
        deliver_due()

        assert sorted(server.addresses) == sorted([messages[0].to, *(m.to for m in messages)])
        assert set(states_of(*messages)) == {State.SENT}

    def test_is_given_to_one(self):
        MessageFactory()

        first, _messages = states.claim(now=timezone.now(), limit=1)
        second, none = states.claim(now=timezone.now(), limit=1)

        assert first is not None
        assert (second, none) == (None, [])

    def test_is_longer_than_a_whole_conversation_may_last(self):
        answers = 6  # greeting, EHLO, MAIL, RCPT, DATA, end of data

        assert states.LEASE.total_seconds() > answers * mailers.TIMEOUT

    def test_only_ends_in_a_result(self):
        with pytest.raises(ValueError, match="not the end"):
            states.record(MessageFactory(), State.QUEUED, now=timezone.now())


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
class TestManySenders:
    def test_send_each_mail_once(self, server):
        messages = MessageFactory.create_batch(40)

        together(4, deliver_all)

        assert sorted(server.addresses) == sorted(message.to for message in messages)
        assert set(states_of(*messages)) == {State.SENT}

    def test_claim_one_message_once(self):
        message = MessageFactory()
        now = timezone.now()

        taken = together(20, lambda: states.claim(now=now, limit=1)[1])

        assert taken.count([message]) == 1
        assert taken.count([]) == 19


@pytest.mark.django_db
class TestABatch:
    def test_costs_one_small_write_for_each_mail(self, server, django_assert_max_num_queries):
        MessageFactory.create_batch(100)
        around = 70  # for claiming and finishing batches of 10, 20, 40 and 30

        with django_assert_max_num_queries(100 + around):
            assert deliver_due().sent == 100

    def test_that_takes_long_lets_the_rest_be_cancelled(self, server, monkeypatch):
        first, second = MessageFactory.create_batch(2)
        with time_machine.travel(timezone.now(), tick=False) as clock:
            hand_over = sending.Sender._hand_over

            def slowly(sender, message, then):
                hand_over(sender, message, then)
                clock.shift(1)

            monkeypatch.setattr(sending.Sender, "_hand_over", slowly)
            finish = states.finish

            def cancelled_meanwhile(batch, *, now):
                finish(batch, now=now)
                outbox.cancel(to=second.to)

            monkeypatch.setattr(states, "finish", cancelled_meanwhile)
            deliver_due()

        assert server.addresses == [first.to]
        assert states_of(first, second) == [State.SENT, State.CANCELLED]


@pytest.mark.django_db
class TestASlowBatch:
    def test_is_judged_by_the_clock_at_each_message(self, server, monkeypatch):
        first, second = MessageFactory.create_batch(2)
        with time_machine.travel(timezone.now(), tick=False) as clock:
            send = sending.Sender.send

            def slowly(sender, message, batch, **kwargs):
                clock.shift(300)
                return send(sender, message, batch, **kwargs)

            monkeypatch.setattr(sending.Sender, "send", slowly)
            deliver_due()

        first.refresh_from_db()
        second.refresh_from_db()
        assert second.sent_at - first.sent_at == dt.timedelta(minutes=5)
