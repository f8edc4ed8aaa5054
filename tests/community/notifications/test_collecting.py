"""Several pieces of news within five minutes are one mail; none is lost or told twice."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction

from community.comments.models import Comment
from community.moderation import decisions, withdrawing
from community.notifications import announcing, collecting, following, recalling
from community.notifications.models import Follow, News
from mail.models import Message
from tests import factories
from tests.factories import FollowFactory, UserFactory
from tests.notifying import announce
from tests.races import together

State = Message.State
WAIT = settings.NOTIFICATIONS_WAIT


@pytest.fixture
def post(db):
    return factories.BlogPageFactory(title="Een winter lang snuffelen")


@pytest.fixture
def follow(post):
    return FollowFactory(page=post)


@pytest.fixture
def two(post, follow) -> list[Comment]:
    """Two comments of which a follower was told in one mail, which has not left."""
    comments = [factories.comment(post, text="Eerste woorden"), factories.comment(post)]
    announce()
    return comments


def write_news() -> None:
    announcing.announce_all(now=timezone.now())


def collect(after: timedelta = WAIT) -> int:
    return collecting.collect_due(now=timezone.now() + after)


def queued() -> list[Message]:
    return list(Message.objects.filter(state=State.QUEUED).order_by("pk"))


class TestNews:
    def test_waits_five_minutes(self, post, follow):
        factories.comment(post)
        write_news()

        assert collect(WAIT - timedelta(minutes=1)) == 0
        assert collect(WAIT) == 1
        assert not News.objects.exists()

    def test_of_several_conversations_is_one_mail_for_each_reader(self, post, follow):
        other = factories.BlogPageFactory(title="Meten is delen")
        FollowFactory(page=other, email=follow.email)
        comments = [factories.comment(page) for page in (post, other, post)]

        assert announce() == 1

        [mail] = queued()
        assert mail.to == follow.email
        assert all(str(comment.public_id) in mail.text for comment in comments)
        assert all(str(comment.public_id) in mail.html for comment in comments)
        assert "Meten is delen" in mail.text

    def test_that_came_later_goes_along(self, post, follow):
        factories.comment(post)
        write_news()
        News.objects.update(at=timezone.now() - WAIT)
        factories.comment(post)
        write_news()

        assert collect(timedelta(0)) == 1
        assert collect() == 0

    def test_is_told_twice_to_nobody(self, post, follow):
        factories.comment(post)
        write_news()

        assert [collect(), collect()] == [1, 0]

    def test_of_very_much_says_how_much_more_there_is(self, post, follow):
        for _ in range(23):
            factories.comment(post)

        assert announce() == 1

        [mail] = queued()
        assert "nog 3" in mail.text
        assert mail.text.count("/reacties/") < 30

    def test_of_more_rows_than_memory_takes_is_collected_in_parts(self, post, monkeypatch):
        monkeypatch.setattr(collecting, "ROWS", 3)
        for _ in range(3):
            FollowFactory(page=post)
        ids = [factories.comment(post).public_id for _ in range(2)]

        announce()

        texts = [mail.text for mail in queued()]
        assert sum(str(public_id) in text for text in texts for public_id in ids) == 6


class TestWhatIsLeftOut:
    @pytest.mark.parametrize("takes_back", ["editor", "writer", "hold"])
    def test_is_a_comment_that_cannot_be_read_any_more(self, post, follow, takes_back):
        gone, stays = factories.comment(post), factories.comment(post)
        write_news()
        if takes_back == "writer":
            withdrawing.withdraw(gone, now=timezone.now())
        elif takes_back == "editor":
            decisions.reject(gone, by=UserFactory(moderator=True), reason="offensive")
        else:
            decisions.hold(gone, by=UserFactory(moderator=True))

        assert collect() == 1

        mail = Message.objects.get(to=follow.email)
        assert str(stays.public_id) in mail.text
        assert str(gone.public_id) not in mail.text

    def test_is_all_there_is_and_then_there_is_no_mail(self, post, follow):
        gone = factories.comment(post)
        write_news()
        withdrawing.withdraw(gone, now=timezone.now())

        assert collect() == 0
        assert not News.objects.exists()
        assert not Message.objects.filter(to=follow.email).exists()

    @pytest.mark.parametrize("kind", ["login", "password", "groups"])
    def test_is_a_page_that_was_made_private_meanwhile(self, post, follow, kind):
        FollowFactory(page=post, member=True)
        factories.comment(post)
        write_news()
        PageViewRestriction.objects.create(page=post, restriction_type=kind)

        collect()

        told = {row.to for row in Message.objects.all()}
        member = Follow.objects.get(user__isnull=False).user.email
        assert told == ({member} if kind == "login" else set())

    @pytest.mark.parametrize("hides", ["unpublish", "off"])
    def test_is_a_page_that_is_gone_or_silent_meanwhile(self, post, follow, hides):
        factories.comment(post)
        write_news()
        if hides == "unpublish":
            post.unpublish()
        else:
            post.comments_mode = "off"
            post.save()

        assert collect() == 0

    def test_is_a_reader_who_stopped_meanwhile(self, post, follow):
        factories.comment(post)
        write_news()
        following.end(follow)

        assert collect() == 0

    def test_is_a_member_who_may_not_log_in_any_more(self, post):
        member = UserFactory()
        FollowFactory(page=post, user=member, email="")
        factories.comment(post)
        write_news()
        member.is_active = False
        member.save()

        assert collect() == 0

    def test_is_a_follow_that_ended_while_its_news_was_written(self, post, follow):
        factories.comment(post)
        write_news()
        Follow.objects.filter(pk=follow.pk)._raw_delete("default")

        assert collect() == 0
        assert not News.objects.exists()


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
