"""What nobody confirmed is forgotten."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from community.comments import confirming, housekeeping
from community.comments.models import Comment, Confirmation
from community.comments.tasks import purge
from tests import factories
from tests.races import together
from tests.writers import SAME_ORIGIN, ask

pytestmark = pytest.mark.both


class TestPurge:
    def test_forgets_networks_after_two_days(self, post):
        with time_machine.travel("2026-03-01T12:00:00Z", tick=False):
            old = factories.comment(post, network_key="a" * 32, at=timezone.now())
        with time_machine.travel("2026-03-03T11:59:00Z", tick=False):
            purge()
            assert Comment.objects.get(pk=old.pk).network_key == "a" * 32

        with time_machine.travel("2026-03-03T12:00:01Z", tick=False):
            purge()

        assert Comment.objects.get(pk=old.pk).network_key == ""

    def test_deletes_what_nobody_confirmed_for_a_week(self, post):
        with time_machine.travel("2026-03-01T12:00:00Z", tick=False):
            ask(post)
            confirmed = factories.comment(post, status="pending")
        with time_machine.travel("2026-03-05T12:00:00Z", tick=False):
            young, _ = ask(post)

        with time_machine.travel("2026-03-08T12:00:01Z", tick=False):
            purge()

        left = set(Comment.objects.values_list("pk", flat=True))
        assert left == {confirmed.pk, young.pk}
        assert Confirmation.objects.count() == 1

    def test_keeps_what_was_mailed_a_fresh_link_as_long_as_that_works(self, post, client):
        with time_machine.travel("2026-03-01T12:00:00Z", tick=False):
            comment, token = ask(post)
        with time_machine.travel("2026-03-07T12:00:00Z", tick=False):
            client.post(reverse("comments:ask_again", args=[token]), headers=SAME_ORIGIN)

        with time_machine.travel("2026-03-10T11:59:59Z", tick=False):
            purge()
            assert Comment.objects.filter(pk=comment.pk).exists()
        with time_machine.travel("2026-03-10T12:00:01Z", tick=False):
            purge()

        assert not Comment.objects.exists()

    def test_deletes_what_never_had_a_link(self, post):
        old = timezone.now() - dt.timedelta(days=7, seconds=1)
        factories.comment(post, status="unconfirmed", at=old)

        purge()

        assert not Comment.objects.exists()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
class TestPurgingWhileSomeoneConfirms:
    def test_loses_nothing_that_was_confirmed(self):
        """What the purge has found before, and what is confirmed then, stays."""
        post = factories.BlogPageFactory()
        now = timezone.now()
        asked = [ask(post, email=f"lezer{n}@example.org") for n in range(8)]
        old = now - dt.timedelta(days=8)
        Comment.objects.update(submit_date=old)
        Confirmation.objects.update(expires_at=now - dt.timedelta(seconds=1))
        turns = iter([None, *(token for _, token in asked)])

        def act() -> object:
            token = next(turns)
            if token is None:
                return housekeeping.purge_unconfirmed(now=now)
            return confirming.confirm(token, now=now - dt.timedelta(seconds=2))

        results = together(9, act)

        confirmed = {result.pk for result in results if isinstance(result, Comment)}
        lost = [result for result in results if isinstance(result, Exception)]
        assert set(Comment.objects.values_list("pk", flat=True)) == confirmed
        assert all(isinstance(error, confirming.UnknownLink) for error in lost)
