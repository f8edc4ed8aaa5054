import datetime as dt
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction

from community.comments import states
from community.comments.models import Comment
from community.moderation import decisions
from community.notifications import announcing, collecting, following
from community.notifications.models import Follow, News
from mail import delivering, suppression
from mail.models import Message, Suppression
from tests import factories
from tests.factories import FollowFactory, UserFactory
from tests.notifying import announce
from tests.races import together
from tests.smtp import MailServer

Status = Comment.Status

HIGHEST = 40  # queries for one comment and a thousand followers
LATER = timedelta(minutes=6)


@pytest.fixture
def post(db):
    return factories.BlogPageFactory(title="Een winter lang snuffelen")


@pytest.fixture
def server(settings):
    """A mail server that takes everything."""
    server = MailServer()
    server.becomes_the_way_out(settings)
    yield server
    server.close()


def set_author(post, user) -> None:
    """Let ``post`` be written by ``user``."""
    post.author.user = user
    post.author.save()


def recipients() -> list[str]:
    return sorted(Message.objects.values_list("to", flat=True))


# Who follows what, and whether a new answer by someone else is mailed to them.
ANSWER_TO_A = {
    "the whole conversation": ({}, True),
    "answers to the comment": ({"comment": "a"}, True),
    "answers to another comment": ({"comment": "b"}, False),
    "answers to the first of the thread": ({"comment": "root"}, False),
    "the conversation of another page": ({"page": "other"}, False),
    "the conversation, unconfirmed": ({"unconfirmed": True}, False),
    "the conversation, as a member": ({"member": True}, True),
    "the conversation, as a member without address": ({"member": True, "user__email": ""}, False),
    "the conversation, as a member who may not log in": (
        {"member": True, "user__is_active": False},
        False,
    ),
    "the conversation, since after the approval": ({"active_at": "later"}, False),
    "the conversation, as who wrote it": ({"email": "schrijver@example.org"}, False),
}


class TestWhoGetsWhat:
    @pytest.mark.parametrize("case", ANSWER_TO_A)
    def test_of_an_answer(self, post, case):
        traits, is_told = ANSWER_TO_A[case]
        root = factories.comment(post, announced=True)
        a, b = (factories.comment(post, parent=root, announced=True) for _ in range(2))
        rows = {
            "root": root,
            "a": a,
            "b": b,
            "other": factories.BlogPageFactory(),
            "later": timezone.now() + timedelta(minutes=1),
        }
        changes = {name: rows.get(value, value) for name, value in traits.items()}
        follow = FollowFactory(**{"page": post, **changes})

        answer = factories.comment(post, parent=a, email="Schrijver@example.org")
        announce()

        assert recipients() == ([follow.address] if is_told else [])
        answer.refresh_from_db()
        assert answer.announced_at is not None

    def test_of_a_new_thread_is_who_follows_the_whole_conversation(self, post):
        first = factories.comment(post, announced=True)
        FollowFactory(page=post, comment=first)
        whole = FollowFactory(page=post)

        factories.comment(post)
        announce()

        assert recipients() == [whole.email]

    def test_of_two_wishes_the_narrower_one_counts_and_there_is_one_mail(self, post):
        mine = factories.comment(post, announced=True)
        for comment in (mine, None):
            FollowFactory(page=post, comment=comment, email="beide@example.org")

        factories.comment(post, parent=mine)
        announce()

        [message] = Message.objects.all()
        assert message.kind == "notifications.replies"

    def test_of_a_member_who_also_left_the_own_address_gets_one_mail(self, post):
        member = UserFactory(email="Lid@Example.org")
        FollowFactory(page=post, user=member, email="")
        FollowFactory(page=post, email="lid@example.org")

        factories.comment(post)
        announce()

        assert Message.objects.count() == 1

    @pytest.mark.parametrize("writes_as_member", [True, False])
    def test_nobody_hears_of_the_own_comment(self, post, writes_as_member):
        member = UserFactory()
        FollowFactory(page=post, user=member, email="")
        FollowFactory(page=post, email=member.email)

        factories.comment(
            post, user=member if writes_as_member else None, email=member.email.upper()
        )
        announce()

        assert recipients() == []

    @pytest.mark.parametrize("status", set(Status.values) - {"approved"})
    def test_nobody_hears_of_what_cannot_be_read(self, post, status):
        FollowFactory(page=post)

        comment = factories.comment(post, status=status)
        announce()

        comment.refresh_from_db()
        assert (recipients(), comment.announced_at) == ([], None)


class TestAPageThatNotEveryoneMayRead:
    @pytest.mark.parametrize("changes", [{"live": False}, {"comments_mode": "off"}])
    def test_is_told_of_to_nobody(self, db, changes):
        page = factories.BlogPageFactory(**changes)
        FollowFactory(page=page)
        FollowFactory(page=page, member=True)

        factories.comment(page)
        announce()

        assert recipients() == []

    @pytest.mark.parametrize(
        ("kind", "told"), [("login", ["member", "other"]), ("password", []), ("groups", ["member"])]
    )
    def test_is_told_of_to_those_who_may(self, post, django_user_model, kind, told):
        from django.contrib.auth.models import Group

        group = Group.objects.create(name="Werkgroep")
        people = {name: UserFactory() for name in ("member", "other")}
        people["member"].groups.add(group)
        restriction = PageViewRestriction.objects.create(page=post, restriction_type=kind)
        restriction.groups.add(group)
        FollowFactory(page=post)
        for person in people.values():
            FollowFactory(page=post, user=person, email="")

        factories.comment(post)
        announce()

        assert recipients() == sorted(people[name].email for name in told)


class TestTheMail:
    @pytest.fixture
    def message(self, post) -> Message:
        self.follow = FollowFactory(page=post, email="volger@example.org")
        self.comment = factories.comment(post, name="Noor <b>&", text="Een *goed* & kort verhaal")
        announce()
        return Message.objects.get()

    def test_says_who_wrote_what_and_where(self, message):
        assert "Een goed & kort verhaal" in message.text
        assert "Noor <b>& " in message.text
        assert f"/reacties/{self.comment.public_id}/" in message.text
        assert "Een goed &amp; kort verhaal" in message.html
        assert "<b>&" not in message.html

    def test_has_no_name_in_its_subject(self, message):
        assert "snuffelen" in message.subject
        assert "Noor" not in message.subject

    def test_names_its_scope_and_how_to_stop(self, message):
        stop = message.headers["List-Unsubscribe"].strip("<>")
        assert "hele gesprek" in message.text
        assert stop.startswith("https://")
        assert stop in message.text
        assert f'href="{stop}"' in message.html
        assert message.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"

    def test_names_the_narrow_scope_too(self, post):
        mine = factories.comment(post, announced=True)
        FollowFactory(page=post, comment=mine)
        factories.comment(post, parent=mine)
        announce()

        message = Message.objects.get()
        assert "antwoord" in message.subject.lower()
        assert "antwoorden op je reactie" in message.text

    def test_has_nobody_elses_address(self, message):
        everything = f"{message.subject}{message.text}{message.html}{message.headers}"
        assert self.comment.user_email not in everything

    def test_of_one_thread_is_put_together_by_mail_programs(self, post, message):
        answer = factories.comment(post, parent=self.comment)
        announce()
        other = factories.comment(post)
        announce()

        sent = list(Message.objects.all())
        mails = {
            row.pk: next(mail.headers for mail in sent if str(row.public_id) in mail.text)
            for row in (self.comment, answer, other)
        }
        threads = [headers["References"] for headers in mails.values()]
        assert threads[0] == threads[1] != threads[2]
        assert all(headers["In-Reply-To"] == headers["References"] for headers in mails.values())

    def test_is_in_the_language_of_the_follower(self, post):
        FollowFactory(page=post, language="en")
        factories.comment(post)
        announce()

        message = Message.objects.get()
        assert message.subject.startswith("New comment")
        assert "/en/reacties/" in message.text
        assert "/en/reacties/volgen/stoppen/" in message.headers["List-Unsubscribe"]

    def test_is_not_sent_to_a_suppressed_address(self, message, server):
        suppression.suppress("volger@example.org", Suppression.Reason.COMPLAINT)

        delivering.deliver_all()

        message.refresh_from_db()
        assert (message.state, server.mails) == (Message.State.SUPPRESSED, [])


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
