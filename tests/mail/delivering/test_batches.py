"""What is due leaves, a batch at a time, and each mail once."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from mail import outbox, sending, states, suppression, tasks
from mail.delivering import deliver_all, deliver_due
from mail.models import Body, Message, Suppression
from tests.factories import MessageFactory
from tests.mail.delivering.states import State, states_of
from tests.races import together


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

    def test_lets_nobody_wait_behind_mails_for_many(self, server):
        body = Body.objects.create(text="Dag, *", marks={"own_link": "*"})
        copies = MessageFactory.create_batch(2, body=body, own={"own_link": "x"})
        code = MessageFactory()

        deliver_due(limit=1)
        assert server.addresses == [code.to]

        deliver_all()
        assert server.addresses == [code.to, *(copy.to for copy in copies)]

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
