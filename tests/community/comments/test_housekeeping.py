from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from community.comments import counters, housekeeping, states, tasks
from community.comments.models import Comment, SpamLesson
from community.comments.reading import Conversation
from tests import factories
from tests.races import together

pytestmark = pytest.mark.both

Status = Comment.Status
NOW = timezone.now()
MONTH = timedelta(days=30)
SECOND = timedelta(seconds=1)


@pytest.fixture
def post(db):
    return factories.BlogPageFactory()


def spam(post, *, at=NOW - MONTH - SECOND, **kwargs):
    return factories.comment(post, status="spam", at=at, text="Pannenkoeken", **kwargs)


class TestPurgeSpam:
    def test_deletes_it_after_thirty_days_and_nothing_else(self, post):
        spam(post)
        young = spam(post, at=NOW - MONTH)
        others = [
            factories.comment(post, status=status, at=NOW - 2 * MONTH)
            for status in Status.values
            if status != Status.SPAM
        ]

        assert housekeeping.purge_spam(now=NOW) == 1

        assert set(Comment.objects.all()) == {young, *others}

    def test_runs_with_the_nightly_purge(self, post):
        spam(post)

        with time_machine.travel(NOW, tick=False):
            tasks.purge()

        assert not Comment.objects.exists()

    def test_counts_from_the_decision_of_an_editor(self, post):
        comment = factories.comment(post, status="approved", at=NOW - 2 * MONTH)
        states.change(comment, to=Status.SPAM, now=NOW - MONTH)

        assert housekeeping.purge_spam(now=NOW) == 0
        assert housekeeping.purge_spam(now=NOW + SECOND) == 1

    def test_counts_from_the_sending_of_what_software_took_for_spam(self, post):
        spam(post, decided_at=None)
        spam(post, decided_at=None, at=NOW - MONTH)

        assert housekeeping.purge_spam(now=NOW) == 1

    def test_keeps_a_lesson_of_what_an_editor_decided_alone(self, post):
        spam(post, decided_at=None)
        by_editor = spam(post)

        housekeeping.purge_spam(now=NOW)

        assert SpamLesson.objects.get().decided_at == by_editor.decided_at

    def test_keeps_the_place_above_replies_and_wipes_it(self, post, client):
        comment = spam(post, name="Geheime Naam", email="geheim@example.org")
        reply = factories.comment(post, parent=comment, text="Nog te lezen")

        assert housekeeping.purge_spam(now=NOW) == 1

        row = Comment.objects.values().get(pk=comment.pk)
        assert row["status"] == Status.REMOVED
        assert "geheim" not in str(row).lower()
        assert "pannenkoeken" not in str(row).lower()
        [thread] = Conversation(post).threads(1).threads
        assert [each.public_id for each in thread.replies] == [reply.public_id]
        page = client.get(post.url).content.decode()
        assert "Weggehaald door een redacteur" in page
        assert "Nog te lezen" in page

    def test_leaves_the_counters_right(self, post):
        root = factories.comment(post)
        spam(post, parent=root)
        factories.comment(post, parent=root)

        housekeeping.purge_spam(now=NOW)

        kept = Comment.objects.get(pk=root.pk).thread_count
        counters.recount(Comment.objects.on(post))
        assert kept == Comment.objects.get(pk=root.pk).thread_count == 2

    def test_twice_is_harmless(self, post):
        factories.comment(post, parent=spam(post))

        assert housekeeping.purge_spam(now=NOW) == 1
        assert housekeeping.purge_spam(now=NOW) == 0
        assert SpamLesson.objects.count() == 1


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
class TestAtOnce:
    def test_an_editor_who_is_first_saves_the_comment(self):
        for _ in range(10):
            comment = spam(factories.BlogPageFactory())
            acts = iter(
                [
                    lambda: housekeeping.purge_spam(now=NOW),
                    lambda comment=comment: states.change(comment, to=Status.APPROVED, now=NOW),
                ]
            )

            results = together(2, lambda turns=acts: next(turns)())

            saved = Comment.objects.filter(pk=comment.pk, status=Status.APPROVED).exists()
            assert {type(result) for result in results} <= {int, bool}, results
            assert saved == (True in [result for result in results if result is True])
            assert SpamLesson.objects.count() == (0 if saved else 1)
            SpamLesson.objects.all().delete()

    def test_two_nights_at_once_delete_once(self):
        spam(factories.BlogPageFactory())

        results = together(4, lambda: housekeeping.purge_spam(now=NOW))

        assert sorted(results) == [0, 0, 0, 1]
        assert SpamLesson.objects.count() == 1
