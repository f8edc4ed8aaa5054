"""What waits to be told, and what is left out."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import PageViewRestriction

from community.moderation import decisions, withdrawing
from community.notifications import collecting, following, recalling
from community.notifications.models import Follow, News
from mail.models import Message
from tests import factories
from tests.community.notifications.collecting.waiting import WAIT, collect, queued, write_news
from tests.factories import FollowFactory, UserFactory
from tests.notifying import announce


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


class TestAHeldComment:
    """It was announced, and held before anybody was told of it."""

    @pytest.fixture
    def held(self, post, follow, editor):
        comment = factories.comment(post)
        write_news()
        decisions.hold(comment, by=editor)
        return comment

    def place(self, comment, editor):
        decisions.approve(comment, by=editor)
        write_news()

    def test_is_told_once_when_it_is_placed_again(self, held, editor):
        assert collect() == 0
        self.place(held, editor)

        assert [collect(), collect()] == [1, 0]
        assert str(held.public_id) in Message.objects.get(kind="notifications.page").text

    def test_waits_five_minutes_again_for_second_thoughts(self, held, editor):
        News.objects.update(at=timezone.now() - WAIT)
        self.place(held, editor)

        assert collect(timedelta(0)) == 0
        assert collect() == 1

    def test_is_not_told_again_to_who_was_told(self, post, follow, editor):
        comment = factories.comment(post)
        announce()
        Message.objects.update(state="sent", sent_at=timezone.now())
        decisions.hold(comment, by=editor)
        self.place(comment, editor)

        assert collect() == 0

    @pytest.mark.parametrize("end", ["refused", "spam", "deleted"])
    def test_is_told_to_nobody_when_it_is_not_placed(self, held, follow, editor, end):
        if end == "refused":
            decisions.reject(held, by=editor, reason="offensive")
        elif end == "spam":
            decisions.mark_spam(held, by=editor)
        else:
            withdrawing.withdraw(held, now=timezone.now())

        assert collect() == 0
        assert not News.objects.exists()

    def test_keeps_no_other_comment_and_no_other_reader_waiting(
        self, held, follow, post, editor, monkeypatch
    ):
        monkeypatch.setattr(collecting, "READERS", 1)
        monkeypatch.setattr(collecting, "ROWS", 1)
        other = factories.comment(post)
        FollowFactory(page=post, email="ander@example.org")
        write_news()
        late = factories.comment(post)
        write_news()
        decisions.hold(other, by=editor)

        assert collect() == 2

        told = Message.objects.filter(kind="notifications.page")
        assert {mail.to for mail in told} == {follow.email, "ander@example.org"}
        assert all(str(late.public_id) in mail.text for mail in told)

    def test_that_waits_a_month_is_no_news_any_more(self, held, editor):
        now = timezone.now()
        assert recalling.purge(now=now + timedelta(days=29)) == 0
        assert recalling.purge(now=now + timedelta(days=31)) == 1


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
