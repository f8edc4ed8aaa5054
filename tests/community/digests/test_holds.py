import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from community.digests import digests, holds, letters, writing
from community.digests.models import Hold
from mail.models import Message
from tests.factories import BlogPageFactory, SubscriptionFactory, UserFactory

HOUR = dt.timedelta(hours=1)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]


@pytest.fixture
def editor():
    return UserFactory(digests=True)


class TestHold:
    def test_keeps_everyone_waiting_and_loses_nothing(self, editor):
        now = timezone.now()
        SubscriptionFactory.create_batch(2, confirmed=True)
        BlogPageFactory(title="Sensoren op straat", first_published_at=now - HOUR)
        holds.hold(by=editor, now=now)

        assert digests.send_due(now=timezone.now()).mails == 0
        assert not Message.objects.exists()

        holds.release(by=editor, now=timezone.now())
        assert digests.send_due(now=timezone.now()).mails == 2
        assert "Sensoren op straat" in Message.objects.first().text

    def test_lets_a_dry_run_count(self, editor):
        SubscriptionFactory(confirmed=True)
        BlogPageFactory(first_published_at=timezone.now() - HOUR)
        holds.hold(by=editor, now=timezone.now())

        assert digests.send_due(now=timezone.now(), dry_run=True).mails == 1

    def test_stops_a_run_that_is_under_way(self, editor, monkeypatch):
        SubscriptionFactory.create_batch(3, confirmed=True, confirmed_at=timezone.now())
        BlogPageFactory(first_published_at=timezone.now() - HOUR)
        monkeypatch.setattr(writing, "CHUNK", 1)
        copy = letters.copy

        def copy_and_hold(reader):
            holds.hold(by=editor, now=timezone.now())
            return copy(reader)

        monkeypatch.setattr(letters, "copy", copy_and_hold)

        assert digests.send_due(now=timezone.now()).mails == 1
        holds.release(by=editor, now=timezone.now())
        monkeypatch.setattr(letters, "copy", copy)
        digests.write()
        assert Message.objects.count() == 3

    def test_twice_is_one(self, editor):
        first = holds.hold(by=editor, now=timezone.now())

        assert holds.hold(by=editor, now=timezone.now()) == first
        assert Hold.objects.count() == 1

    def test_is_not_for_everyone(self):
        member = UserFactory(moderator=True)

        with pytest.raises(PermissionDenied):
            holds.hold(by=member, now=timezone.now())
        with pytest.raises(PermissionDenied):
            holds.release(by=member, now=timezone.now())


class TestRelease:
    def test_says_who_and_when(self, editor):
        now = timezone.now()
        holds.hold(by=editor, now=now)

        assert holds.release(by=editor, now=now + HOUR)

        held = Hold.objects.get()
        assert (held.released_at, held.released_by) == (now + HOUR, editor)
        assert holds.current() is None

    def test_of_nothing_is_harmless(self, editor):
        assert not holds.release(by=editor, now=timezone.now())
