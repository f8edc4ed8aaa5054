import datetime as dt
import threading

import pytest
import time_machine
from django.db import connection, transaction
from django.utils import timezone

from community.comments.models import Comment
from community.digests import digests, seams
from community.digests.models import Delivery, Seam
from community.digests.tasks import purge
from community.moderation import decisions
from community.subscriptions.models import Subscription
from mail.models import Message
from tests import factories
from tests.factories import BlogPageFactory, SubscriptionFactory, UserFactory

NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
SECOND = dt.timedelta(seconds=1)
DAY = dt.timedelta(days=1)


def send(at: dt.datetime) -> None:
    with time_machine.travel(at, tick=False):
        digests.send_due(now=at)


def mails() -> list[str]:
    return [mail.text for mail in Message.objects.order_by("pk")]


def make_due() -> None:
    """Let everyone have a digest again, whatever the hour."""
    Subscription.objects.update(next_digest_at=NOW - DAY)


@pytest.fixture
def page(db):
    return BlogPageFactory(first_published_at=NOW - 90 * DAY)


def comment(page, text: str, at: dt.datetime):
    return factories.comment(page, text=text, at=at, announced=True)


@pytest.mark.django_db
class TestWhatIsCommittedLate:
    @pytest.fixture(autouse=True)
    def _reader(self):
        SubscriptionFactory(confirmed=True, frequency="daily", confirmed_at=NOW - DAY)

    def test_is_in_the_next_digest(self, page):
        comment(page, "op tijd", NOW - SECOND)
        send(NOW)
        comment(page, "nakomer", NOW - 2 * SECOND)  # approved before, committed after

        make_due()
        send(NOW + DAY)

        first, second = mails()
        assert "op tijd" in first
        assert "nakomer" in second
        assert "op tijd" not in second

    def test_is_told_once_though_digests_follow_each_other_at_once(self, page):
        comment(page, "op tijd", NOW - SECOND)
        send(NOW)
        comment(page, "nakomer", NOW - SECOND)

        for seconds in range(10, 60, 10):
            make_due()
            send(NOW + seconds * SECOND)
        comment(page, "nog later", NOW + 49 * SECOND)
        for seconds in range(60, 600, 60):
            make_due()
            send(NOW + seconds * SECOND)

        told = "".join(mails())
        assert [told.count(text) for text in ("op tijd", "nakomer", "nog later")] == [1, 1, 1]

    def test_is_no_news_to_who_subscribed_since(self, page):
        begins_at = Subscription.objects.get().digested_until
        comment(page, "van net daarvoor", begins_at - SECOND)

        send(NOW)

        assert mails() == []

    def test_is_not_told_to_some_and_kept_from_others_of_one_run(self, page):
        """One who begins elsewhere is looked up later, when more may have been committed."""
        SubscriptionFactory(confirmed=True, frequency="daily", confirmed_at=NOW - DAY / 2)
        comment(page, "op tijd", NOW - SECOND)
        seams.open_at(NOW)
        comment(page, "nakomer", NOW - SECOND)

        send(NOW)
        make_due()
        send(NOW + DAY)

        assert ["nakomer" in text for text in mails()] == [False, False, True, True]
        assert ["op tijd" in text for text in mails()] == [True, True, False, False]

    def test_that_turns_up_between_two_seams_and_a_digest_is_told_once(self, page):
        send(NOW)
        seams.open_at(NOW + 30 * SECOND)
        comment(page, "nakomer", NOW - SECOND)

        for seconds in (30, 60, 90):
            make_due()
            send(NOW + seconds * SECOND)

        assert "".join(mails()).count("nakomer") == 1

    def test_of_posts_is_told_too(self):
        send(NOW)
        BlogPageFactory(title="Een nagekomen bericht", first_published_at=NOW - SECOND)

        make_due()
        send(NOW + DAY)

        assert "Een nagekomen bericht" in mails()[-1]

    def test_waits_when_there_was_nothing_else_to_tell(self, page):
        send(NOW)
        assert mails() == []
        comment(page, "nakomer", NOW - SECOND)

        make_due()
        send(NOW + DAY)

        assert "nakomer" in mails()[0]


@pytest.mark.django_db
class TestSeams:
    def test_are_made_when_a_digest_is_due_and_not_for_a_dry_run(self):
        digests.send_due(now=NOW)
        SubscriptionFactory(confirmed=True, confirmed_at=NOW)
        digests.send_due(now=NOW, dry_run=True)
        assert not Seam.objects.exists()

        digests.send_due(now=NOW)
        assert Seam.objects.get().at == NOW

    def test_are_forgotten_after_ninety_days(self):
        seams.open_at(NOW)

        with time_machine.travel(NOW + 90 * DAY, tick=False):
            purge()
            assert Seam.objects.exists()
        with time_machine.travel(NOW + 90 * DAY + SECOND, tick=False):
            purge()
            assert not Seam.objects.exists()

    def test_are_kept_for_who_paused_so_long(self):
        seams.open_at(NOW)
        SubscriptionFactory(confirmed=True, digested_until=NOW, next_digest_at=NOW + 300 * DAY)

        with time_machine.travel(NOW + 200 * DAY, tick=False):
            purge()

        assert Seam.objects.exists()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
class TestAnApprovalThatIsBeingWritten:
    def test_is_lost_to_no_digest(self):
        if connection.vendor != "postgresql":
            pytest.skip("SQLite lets one transaction at a time write, so none is late")
        page = BlogPageFactory(first_published_at=timezone.now() - 90 * DAY)
        waits = factories.comment(page, status="pending", text="op de valreep")
        moderator = UserFactory(moderator=True)
        SubscriptionFactory(confirmed=True, frequency="daily")
        is_approved, may_commit = threading.Event(), threading.Event()

        def approve() -> None:
            with transaction.atomic():
                decisions.approve(Comment.objects.get(pk=waits.pk), by=moderator)
                is_approved.set()
                may_commit.wait(30)
            connection.close()

        thread = threading.Thread(target=approve)
        thread.start()
        is_approved.wait(30)
        moment = timezone.now()
        digests.send_due(now=moment)
        may_commit.set()
        thread.join()
        assert not Delivery.objects.exists()

        make_due()
        digests.send_due(now=moment + DAY)

        [digest] = Message.objects.filter(kind="digests.digest")
        assert "op de valreep" in digest.text
