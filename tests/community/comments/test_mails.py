import pytest
from django.db import transaction
from django.utils import timezone

from community.comments import confirming, mails
from community.moderation import decisions
from community.notifications import announcing
from mail import outbox
from mail.models import Message
from tests import factories
from tests.factories import FollowFactory, UserFactory
from tests.notifying import announce

KINDS = ["comments.confirm", "notifications.approved", "notifications.page"]


@pytest.mark.django_db
class TestTheWriter:
    @pytest.mark.parametrize(
        ("kwargs", "mails_sent"),
        [({}, 1), ({"evidence": mails.IMPORTED}, 0), ({"evidence": {"score": 0.2}}, 1)],
    )
    def test_is_mailed_only_at_an_address_that_was_proven_here(self, kwargs, mails_sent):
        comment = factories.comment(status="pending", **kwargs)

        decisions.approve(comment, by=UserFactory(moderator=True))

        assert Message.objects.filter(to=comment.user_email).count() == mails_sent

    def test_is_mailed_as_a_member_wherever_the_comment_came_from(self):
        member = UserFactory()
        comment = factories.comment(status="pending", user=member, evidence=mails.IMPORTED)

        decisions.approve(comment, by=UserFactory(moderator=True))

        assert Message.objects.get().to == member.email


@pytest.mark.django_db
class TestMailsAboutAComment:
    @pytest.fixture
    def comment(self):
        """One that was confirmed, approved and announced, with a mail at each step."""
        post = factories.BlogPageFactory()
        FollowFactory(page=post)
        comment = factories.comment(post, status="pending", text="Mijn eigen woorden")
        with transaction.atomic():
            confirming.ask(comment, now=timezone.now())
        decisions.approve(comment, by=UserFactory(moderator=True))
        announce()
        return comment

    def test_are_known_by_it_whatever_their_kind(self, comment):
        about = Message.objects.filter(about=mails.about(comment))

        assert sorted(about.values_list("kind", flat=True)) == KINDS

    def test_are_withdrawn_from_followers_and_not_from_the_writer(self, comment):
        assert announcing.withdraw(comment) == 1

        [dropped] = Message.objects.filter(state=Message.State.CANCELLED)
        assert dropped.kind == "notifications.page"

    def test_are_forgotten_together(self, comment):
        assert outbox.forget(about=mails.about(comment)) == 3

        for message in Message.objects.all():
            assert message.subject + message.text + message.html == ""
