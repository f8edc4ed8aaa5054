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

KINDS = ["comments.confirm", "notifications.approved", "notifications.page"]


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
        announcing.announce_all(now=timezone.now())
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
