"""The mail about several comments, and what it costs."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from community.comments.models import Comment
from community.moderation import decisions, withdrawing
from community.notifications import announcing, following, recalling
from community.notifications.models import Follow
from mail.models import Message
from tests import factories
from tests.community.notifications.collecting.waiting import State, collect, queued, write_news
from tests.factories import FollowFactory, UserFactory
from tests.notifying import announce
from tests.races import together


@pytest.fixture
def two(post, follow) -> list[Comment]:
    """Two comments of which a follower was told in one mail, which has not left."""
    comments = [factories.comment(post, text="Eerste woorden"), factories.comment(post)]
    announce()
    return comments


class TestAMailAboutSeveral:
    def test_tells_the_rest_anew_when_one_is_taken_away(self, two, follow):
        decisions.reject(two[0], by=UserFactory(moderator=True), reason="offensive")

        collect()

        [mail] = [mail for mail in queued() if mail.to == follow.email]
        assert str(two[1].public_id) in mail.text
        assert str(two[0].public_id) not in mail.text

    def test_tells_the_rest_anew_when_one_reason_ends(self, two, follow):
        other = factories.comment()
        second = FollowFactory(page_id=other.page_id, email=follow.email)
        factories.comment(follow.page)
        announce()

        following.end(second)
        collect()

        texts = [mail.text for mail in queued()]
        assert not [text for text in texts if str(other.public_id) in text]
        assert len(texts) == 2

    def test_that_has_left_is_told_once(self, two):
        Message.objects.update(state=State.SENT, sent_at=timezone.now())

        announcing.withdraw(two[0])

        assert collect() == 0

    @pytest.mark.parametrize("state", [State.QUEUED, State.SENT])
    def test_forgets_the_words_that_their_writer_takes_back(self, two, state):
        sent_at = timezone.now() if state == State.SENT else None
        Message.objects.update(state=state, sent_at=sent_at)

        withdrawing.withdraw(two[0], now=timezone.now())
        collect()

        everything = "".join(f"{mail.text}{mail.html}" for mail in Message.objects.all())
        assert "Eerste woorden" not in everything

    def test_is_known_for_as_long_as_its_words(self, two):
        now = timezone.now()

        assert recalling.purge(now=now + timedelta(days=29)) == 0
        assert recalling.purge(now=now + timedelta(days=31)) == 2

    def test_says_how_to_stop_each_reason_and_all(self, post, follow, client):
        mine = factories.comment(post, announced=True)
        answers = FollowFactory(page=post, comment=mine, email=follow.email)
        factories.comment(post)
        factories.comment(post, parent=mine)
        announce()

        [mail] = queued()
        stop = mail.headers["List-Unsubscribe"].strip("<>")
        assert mail.text.count("/volgen/stoppen/") == 2
        assert f'href="{stop}"' in mail.html
        response = client.post(stop, {"List-Unsubscribe": "One-Click"})
        assert response.status_code == 200
        assert not Follow.objects.filter(pk__in=[follow.pk, answers.pk]).exists()
        assert queued() == []

    def test_has_a_head_that_every_mail_server_takes(self, follow):
        for _ in range(25):
            other = factories.comment()
            FollowFactory(page_id=other.page_id, email=follow.email)
        announce()

        [mail] = queued()
        assert len(f"List-Unsubscribe: {mail.headers['List-Unsubscribe']}") < 998
        assert all(len(line) < 998 for line in mail.text.splitlines())


@pytest.mark.long
class TestCost:
    @staticmethod
    def queries_for(followers: int) -> int:
        post = factories.BlogPageFactory()
        Follow.objects.bulk_create(
            FollowFactory.build(page=post, language="nl") for _ in range(followers)
        )
        for _ in range(2):
            factories.comment(post)
        write_news()
        with CaptureQueriesContext(connection) as queries:
            assert collect() == followers
        return len([query for query in queries if not query["sql"].startswith("INSERT")])

    def test_of_ten_is_that_of_five_hundred(self, db):
        self.queries_for(1)

        assert self.queries_for(500) == self.queries_for(10)

    def test_of_ten_conversations_grows_by_their_pages_only(self, db):
        def cost(number: int) -> int:
            for _ in range(number):
                comment = factories.comment()
                FollowFactory(page_id=comment.page_id, email="lezer@example.org")
            write_news()
            with CaptureQueriesContext(connection) as queries:
                assert collect() == 1
            return len(queries)

        cost(2)

        assert cost(10) - cost(2) <= 8 * 4


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
class TestFourCollectorsAtOnce:
    def test_tell_each_reader_once(self):
        post = factories.BlogPageFactory()
        readers = [FollowFactory(page=post).email for _ in range(12)]
        for _ in range(2):
            factories.comment(post)
        write_news()

        counts = together(4, collect)

        assert sorted(Message.objects.values_list("to", flat=True)) == sorted(readers)
        assert sum(counts) == 12

    def test_and_a_reader_who_stops_leave_no_mail_for_that_one(self):
        post = factories.BlogPageFactory()
        leaver, stays = FollowFactory(page=post), FollowFactory(page=post)
        factories.comment(post)
        write_news()
        acts = iter([collect, lambda: following.end(leaver)])

        results = together(2, lambda: next(acts)())

        assert not [result for result in results if isinstance(result, Exception)]
        waiting = Message.objects.filter(state=State.QUEUED)
        assert list(waiting.values_list("to", flat=True)) == [stays.email]
