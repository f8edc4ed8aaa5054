"""What a comment with many followers costs: nothing in the request, little in the worker."""

import tracemalloc

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from community.notifications import announcing, collecting
from community.notifications.models import Follow, News
from mail import copying
from mail.models import Message
from tests import factories
from tests.factories import FollowFactory, UserFactory

SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin"}
FEW, MANY = 10, 500


def followed_by(number: int):
    """A post with an author and so many followers."""
    author = factories.AuthorFactory(user=UserFactory())
    post = factories.BlogPageFactory(author=author)
    Follow.objects.bulk_create(FollowFactory.build(page=post, language="nl") for _ in range(number))
    return post


@pytest.fixture
def writer(db) -> Client:
    client = Client(headers=SAME_ORIGIN)
    client.force_login(UserFactory(is_superuser=True))
    return client


class TestARequest:
    @staticmethod
    def queries(send) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert send().status_code in {200, 303}
        return len(asked)

    def test_that_posts_a_comment_costs_the_same_for_any_number(self, writer):
        def cost(number: int) -> int:
            post = followed_by(number)
            address = reverse("comments:post", args=[post.pk])
            writer.post(address, {"comment": f"De regels zijn nu gelezen voor {number}"})
            fields = {"comment": f"Een goed verhaal voor {number}"}
            return self.queries(lambda: writer.post(address, fields))

        costs = [cost(number) for number in (0, FEW, MANY)]

        assert len(set(costs)) == 1
        assert not News.objects.exists()
        assert not Message.objects.exists()

    def test_that_approves_one_costs_the_same_for_any_number(self, writer):
        def cost(number: int) -> int:
            waiting = factories.comment(followed_by(number), status="pending")
            address = reverse("moderation:decide", args=[waiting.public_id])
            fields = {"act": "approve", "status": "pending", "version": ""}
            wanted = {"accept": "application/json"}
            return self.queries(lambda: writer.post(address, fields, headers=wanted))

        cost(0)
        costs = [cost(number) for number in (0, FEW, MANY)]

        assert len(set(costs)) == 1
        assert not News.objects.exists()


@pytest.mark.long
class TestTheWorker:
    def test_tells_all_of_many(self, db):
        factories.comment(followed_by(MANY))

        announcing.announce_all(now=timezone.now())
        mails = collecting.collect_due(now=timezone.now() + settings.NOTIFICATIONS_WAIT)

        assert mails == Message.objects.count() == MANY + 1

    def test_takes_as_much_memory_for_many_as_for_few(self, db, monkeypatch):
        monkeypatch.setattr(announcing, "BATCH", 50)
        monkeypatch.setattr(copying, "ROWS", 50)
        monkeypatch.setattr(collecting, "READERS", 50)

        def peak(number: int) -> int:
            factories.comment(followed_by(number))
            tracemalloc.start()
            announcing.announce_all(now=timezone.now())
            assert (
                collecting.collect_due(now=timezone.now() + settings.NOTIFICATIONS_WAIT)
                == number + 1
            )
            peak = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
            return peak

        peak(60)  # what is loaded once

        assert peak(MANY) < 1.5 * peak(100)
