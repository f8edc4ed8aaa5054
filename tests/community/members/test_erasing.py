import pytest
from django.urls import reverse
from django.utils import timezone

from community.comments import appreciating, counters
from community.comments.models import Appreciation, Comment, Device
from community.members import erasing
from community.members.erasing import Fate
from community.moderation.models import Case, Notice
from community.notifications.models import Follow
from community.subscriptions.models import Subscription
from mail.models import Message
from tests import factories
from tests.notifying import announce
from users.models import User

pytestmark = pytest.mark.both

ERASE = reverse("members:erase")


def erase(user, fate=Fate.DELETE):
    erasing.erase(user, comments=fate, now=timezone.now())


def told(name, **who):
    """Return a comment by ``name`` that mails to followers tell of: alone, and with another."""
    page = factories.BlogPageFactory()
    factories.FollowFactory(page=page)
    own = factories.comment(page, name=name, **who)
    announce()
    factories.FollowFactory(page=page)
    Comment.objects.filter(pk=own.pk).update(announced_at=None)
    factories.comment(page)
    announce()
    assert [mail for mail in Message.objects.all() if name in mail.text]
    return own


def words_of_all_mails():
    return "".join(
        f"{mail.subject}{mail.text}{mail.html}{mail.headers}" for mail in Message.objects.all()
    )


def follow(page, **who):
    now = timezone.now()
    words = {"language": "nl", "consent_text": "Ja", "requested_at": now, "active_at": now}
    return Follow.objects.create(page=page, **words, **who)


class TestErasing:
    def test_forgets_name_and_address_everywhere(self, member):
        factories.comment(user=member, name="Sam de Wit", email=member.email)
        factories.comment(user=member, name="Sam de Wit", email=member.email, status="pending")
        factories.comment(name="Sam", email=member.email)
        factories.SubscriptionFactory(email="Sam@Example.org", confirmed=True)
        factories.MessageFactory(to="Sam@Example.org")
        Device.objects.create(token_hash="x", email=member.email)
        follow(factories.BlogPageFactory(), email=member.email)
        follow(factories.BlogPageFactory(), user=member)

        erase(member)

        assert not User.objects.filter(pk=member.pk).exists()
        assert not Subscription.objects.exists()
        assert not Message.objects.exists()
        assert not Device.objects.exists()
        assert not Follow.objects.exists()
        for comment in Comment.objects.all():
            assert (comment.user_name, comment.user_email, comment.comment) == ("", "", "")
            assert (comment.user, comment.status) == (None, "deleted_by_author")

    def test_forgets_who_noticed_a_comment_and_keeps_the_case(self, member):
        factories.notice(user=member, explanation="Dit kan niet")
        factories.notice(name="Sam de Wit", email="Sam@Example.org")

        erase(member)

        assert Case.objects.open().count() == 2
        assert not Message.objects.exists()
        for notice in Notice.objects.all():
            assert (notice.user, notice.name, notice.email, notice.writer_key) == (None, "", "", "")
            assert notice.explanation

    def test_keeps_the_answers_of_others_where_they_were(self, member):
        own = factories.comment(user=member)
        answer = factories.comment(own.page, parent=own, text="Antwoord")
        path = answer.path

        erase(member)

        answer.refresh_from_db()
        assert (answer.path, answer.status, answer.comment) == (path, "approved", "Antwoord")

    def test_can_let_the_comments_stand_without_a_name(self, member):
        own = factories.comment(user=member, name="Sam de Wit", email=member.email, text="Mooi")
        held = factories.comment(user=member, name="Sam de Wit", status="pending", text="Wacht")

        erase(member, Fate.KEEP)

        own.refresh_from_db()
        held.refresh_from_db()
        assert (own.comment, own.status) == ("Mooi", "approved")
        assert (own.user_name, own.user_email) == ("een vertrokken lid", "")
        assert (held.comment, held.status) == ("", "deleted_by_author")

    @pytest.mark.parametrize("state", ["queued", "deferred", "sent", "failed"])
    @pytest.mark.parametrize("fate", Fate)
    def test_leaves_the_name_in_no_mail_to_others(self, member, fate, state):
        told("Sam de Wit", user=member)
        sent_at = timezone.now() if state == "sent" else None
        Message.objects.update(state=state, sent_at=sent_at)

        erase(member, fate)
        announce()

        assert "Sam de Wit" not in words_of_all_mails()

    @pytest.mark.parametrize("fate", Fate)
    def test_keeps_every_counter_equal_to_a_recount(self, member, fate):
        own = factories.comment(user=member)
        other = factories.comment(own.page, parent=own)
        appreciating.give(other, user=member, device=None)
        before = own.page_id

        erase(member, fate)

        stored = dict(Comment.objects.values_list("pk", "thread_count"))
        counters.recount(Comment.objects.filter(page_id=before))
        assert dict(Comment.objects.values_list("pk", "thread_count")) == stored
        other.refresh_from_db()
        assert other.appreciation == Appreciation.objects.count() == 0

    def test_leaves_others_alone(self, member):
        comment = factories.comment(name="Noor", email="noor@example.org")
        factories.SubscriptionFactory(email="noor@example.org", confirmed=True)
        factories.MessageFactory(to="noor@example.org")

        erase(member)

        comment.refresh_from_db()
        assert (comment.user_name, comment.user_email) == ("Noor", "noor@example.org")
        assert Subscription.objects.count() == Message.objects.count() == 1

    def test_twice_is_harmless(self, member):
        factories.comment(user=member)

        erase(member)
        erase(User(pk=member.pk, email=member.email))

        assert Comment.objects.get().status == "deleted_by_author"


class TestDeletingAnAccountElsewhere:
    def test_takes_the_name_off_its_comments_and_keeps_the_counts(self, member):
        own = factories.comment(user=member, name="Sam de Wit", email=member.email, text="Mooi")
        other = factories.comment(own.page)
        appreciating.give(other, user=member, device=None)

        member.delete()

        own.refresh_from_db()
        other.refresh_from_db()
        assert (own.user_name, own.user_email) == ("een vertrokken lid", "")
        assert (own.comment, own.writer_key) == ("Mooi", "")
        assert other.appreciation == 0

    def test_leaves_the_name_in_no_mail_to_others(self, member):
        told("Sam de Wit", user=member)

        member.delete()

        assert "Sam de Wit" not in words_of_all_mails()

    def test_forgets_who_noticed(self, member):
        notice = factories.notice(user=member)

        member.delete()

        notice.refresh_from_db()
        assert (notice.user, notice.writer_key) == (None, "")


class TestThePage:
    def test_asks_and_by_get_changes_nothing(self, member, client):
        client.force_login(member)

        assert client.get(ERASE).status_code == 200
        assert client.head(ERASE).status_code == 200
        assert User.objects.filter(pk=member.pk).exists()

    def test_ends_the_account_and_logs_out(self, member, client):
        client.force_login(member)
        client.cookies["lid"] = "1"

        response = client.post(ERASE, {"comments": Fate.KEEP})

        assert response.url == reverse("members:erased")
        assert response.cookies["lid"]["max-age"] == 0
        assert client.get(response.url).status_code == 200
        assert client.get(reverse("members:home")).status_code == 302
        assert not User.objects.filter(pk=member.pk).exists()

    @pytest.mark.parametrize("choice", ["", "alles", "\x00"])
    def test_does_nothing_without_a_choice(self, member, client, choice):
        client.force_login(member)

        assert client.post(ERASE, {"comments": choice}).status_code == 422
        assert User.objects.filter(pk=member.pk).exists()

    def test_sends_someone_who_works_here_to_an_administrator(self, home, client):
        moderator = factories.UserFactory(moderator=True)
        client.force_login(moderator)

        response = client.post(ERASE, {"comments": Fate.KEEP})

        assert response.status_code == 409
        assert User.objects.filter(pk=moderator.pk).exists()

    def test_is_for_members(self, client, db):
        assert client.post(ERASE).url.startswith(reverse("members:login"))
