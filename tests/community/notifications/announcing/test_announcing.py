"""Telling of comments: once, at a small cost, and not of what was withdrawn."""

import datetime as dt
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from community.comments import states
from community.comments.models import Comment
from community.moderation import decisions
from community.notifications import announcing, collecting, following
from community.notifications.models import Follow, News
from mail.models import Message
from tests import factories
from tests.community.notifications.announcing.hearing import Status, recipients
from tests.factories import FollowFactory, UserFactory
from tests.notifying import announce
from tests.races import together

HIGHEST = 40  # queries for one comment and a thousand followers
LATER = timedelta(minutes=6)


def set_author(post, user) -> None:
    """Let ``post`` be written by ``user``."""
    post.author.user = user
    post.author.save()


class TestAnnouncing:
    def test_happens_once(self, post):
        FollowFactory(page=post)
        factories.comment(post)

        assert [announce(), announce()] == [1, 0]

    def test_happens_after_an_editor_approved(self, post):
        follow = FollowFactory(page=post)
        comment = factories.comment(post, status="pending")
        assert announce() == 0

        decisions.approve(comment, by=UserFactory(moderator=True))
        announce()

        assert Message.objects.filter(to=follow.email).count() == 1

    def test_does_not_happen_to_what_was_taken_back_in_time(self, post):
        FollowFactory(page=post)
        comment = factories.comment(post)
        states.change(comment, to=Status.REMOVED, now=timezone.now())

        assert announce() == 0

    def test_does_not_happen_twice_when_it_is_approved_again(self, post):
        FollowFactory(page=post)
        comment = factories.comment(post)
        announce()
        for status in (Status.REMOVED, Status.APPROVED):
            comment.refresh_from_db()
            states.change(comment, to=status, now=timezone.now())

        assert announce() == 0

    def test_of_an_import_mails_nobody(self, post):
        FollowFactory(page=post, active_at=timezone.now() - timedelta(minutes=1))
        long_ago = dt.datetime(2019, 5, 1, tzinfo=dt.UTC)
        for _ in range(3):
            factories.comment(post, at=long_ago)

        assert announce() == 0
        assert not Comment.objects.filter(announced_at__isnull=True).exists()

    def test_of_many_comments_that_nobody_follows_costs_two_statements(
        self, post, django_assert_num_queries
    ):
        for _ in range(20):
            factories.comment(post)

        with django_assert_num_queries(3):  # wishes, the update, what is left
            announcing.announce_all(now=timezone.now())

        assert not Comment.objects.filter(announced_at__isnull=True).exists()

    def test_writes_all_news_or_none(self, post, monkeypatch):
        parent = factories.comment(post, announced=True)
        FollowFactory(page=post, comment=parent)
        set_author(post, UserFactory())
        comment = factories.comment(post, parent=parent)
        language_of = announcing.language_of
        monkeypatch.setattr(announcing, "language_of", lambda author: 1 / 0)

        announce()

        comment.refresh_from_db()
        assert (News.objects.count(), comment.announced_at) == (0, None)
        monkeypatch.setattr(announcing, "language_of", language_of)
        assert announce() == 2

    def test_of_what_fails_keeps_no_other_waiting(self, post, monkeypatch):
        bad, good = factories.comment(post), factories.comment()
        for comment in (bad, good):
            FollowFactory(page_id=comment.page_id)
        excerpt = Comment.excerpt

        def fail(comment, length):
            if comment.pk == bad.pk:
                raise RuntimeError
            return excerpt(comment, length)

        monkeypatch.setattr(Comment, "excerpt", fail)
        announce()

        assert str(good.public_id) in Message.objects.get().text
        monkeypatch.setattr(Comment, "excerpt", excerpt)
        collecting.collect_due(now=timezone.now() + 3 * settings.NOTIFICATIONS_WAIT)
        assert sum(str(bad.public_id) in mail.text for mail in Message.objects.all()) == 1


class TestCost:
    def test_of_a_thousand_followers_is_a_few_queries_a_batch(self, post):
        rows = [FollowFactory.build(page=post, language="nl") for _ in range(1000)]
        Follow.objects.bulk_create(rows)
        factories.comment(post)

        with CaptureQueriesContext(connection) as announcing_it:
            assert announcing.announce_all(now=timezone.now()) == 1000
        with CaptureQueriesContext(connection) as collecting_it:
            assert collecting.collect_due(now=timezone.now() + LATER) == 1000

        assert len(announcing_it) <= HIGHEST
        assert len(collecting_it) <= HIGHEST

    def test_of_an_approval_is_the_same_with_followers(self, post):
        def approve() -> int:
            comment, by = factories.comment(post, status="pending"), UserFactory(moderator=True)
            with CaptureQueriesContext(connection) as queries:
                decisions.approve(comment, by=by)
            return len(queries)

        approve()
        before = approve()
        for _ in range(10):
            FollowFactory(page=post)

        assert approve() == before


class TestWithdrawing:
    def test_drops_the_mails_about_a_comment_that_have_not_left(self, post):
        FollowFactory(page=post)
        gone = factories.comment(post)
        announce()
        stays = factories.comment(post)
        announce()

        assert announcing.withdraw(gone) == 1

        kept = Message.objects.filter(state=Message.State.QUEUED).get()
        assert str(stays.public_id) in kept.text

    def test_happens_when_an_editor_takes_the_comment_away(self, post):
        FollowFactory(page=post)
        comment = factories.comment(post)
        announce()

        decisions.reject(comment, by=UserFactory(moderator=True), reason="offensive")

        [message] = Message.objects.filter(kind="notifications.page")
        assert message.state == Message.State.CANCELLED


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
class TestFourWorkersAtOnce:
    def test_mail_each_follower_once(self):
        post = factories.BlogPageFactory()
        follows = [FollowFactory(page=post) for _ in range(5)]
        ids = [factories.comment(post).public_id for _ in range(6)]

        counts = together(4, announce)

        assert sum(counts) == Message.objects.count()
        texts = [mail.text for mail in Message.objects.all()]
        assert sum(str(public_id) in text for text in texts for public_id in ids) == 30
        assert set(recipients()) == {follow.email for follow in follows}

    def test_and_a_reader_who_stops_meanwhile_lose_nothing_of_others(self):
        post = factories.BlogPageFactory()
        leaver, stays = FollowFactory(page=post), FollowFactory(page=post)
        factories.comment(post)
        acts = iter([announce, lambda: following.end(leaver)])

        results = together(2, lambda: next(acts)())

        assert not [result for result in results if isinstance(result, Exception)]
        assert Message.objects.filter(to=stays.email).count() == 1
