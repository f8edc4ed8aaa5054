"""What a sender holds, and for how long."""

import pytest
from django.utils import timezone

from config import mailers
from mail import states
from mail.delivering import deliver_due
from mail.models import Batch
from tests.factories import MessageFactory
from tests.mail.delivering.states import State, in_seconds, states_of


@pytest.mark.django_db
class TestALease:
    def test_of_a_dead_sender_runs_out_and_the_mail_is_sent(self, server):
        message = MessageFactory()
        _batch, [held] = states.claim(now=timezone.now(), limit=10)
        assert held == message

        assert deliver_due().found == 0
        deliver_due(now=in_seconds(121))

        assert server.addresses == [message.to]
        assert states_of(message) == [State.SENT]

    def test_of_a_dead_sender_leaves_what_it_sent_and_sends_the_rest(self, server):
        sent, in_doubt, rest = MessageFactory.create_batch(3)
        batch, messages = states.claim(now=timezone.now(), limit=10)
        states.advance(batch, messages[0])

        deliver_due(now=in_seconds(121))

        assert server.addresses == [in_doubt.to, rest.to]
        assert set(states_of(sent, in_doubt, rest)) == {State.SENT}
        assert not Batch.objects.exists()

    def test_that_was_lost_cannot_be_recorded_under(self):
        message = MessageFactory()
        batch, [frozen] = states.claim(now=timezone.now(), limit=1)
        later = in_seconds(121)
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
            deliver_due(now=in_seconds(121))
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
