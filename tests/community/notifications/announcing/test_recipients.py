"""Who is told of a comment."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import PageViewRestriction

from mail.models import Message
from tests import factories
from tests.community.notifications.announcing.hearing import Status, recipients
from tests.factories import FollowFactory, UserFactory
from tests.notifying import announce

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
