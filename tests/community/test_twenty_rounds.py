"""U5, U6: what one person does twice, or several do at once, happens once. Twenty times.

On SQLite and on PostgreSQL; every thread starts at a barrier.
"""

import itertools

import pytest
from django.db import transaction
from django.utils import timezone

from community.comments import appreciating, confirming, posting
from community.comments.models import Appreciation, Comment, Confirmation
from community.comments.pipeline import Submission
from community.moderation import objections
from community.moderation.models import Objection
from community.notifications import following, links
from community.notifications.models import Follow
from community.subscriptions import consent, subscriptions
from community.subscriptions.models import Subscription
from mail.models import Message
from tests import factories
from tests.races import together

ROUNDS, AT_ONCE = 20, 6
Status = Comment.Status

pytestmark = [
    pytest.mark.long,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


def token_of(mail: Message) -> str:
    return mail.text.split("/bevestigen/")[1].split("/")[0]


def mails(to: str) -> list[Message]:
    return list(Message.objects.to_address(to))


class TestTheSameComment:
    def test_sent_by_impatient_fingers_is_stored_and_mailed_once(self):
        page = factories.BlogPageFactory()

        for number in range(ROUNDS):
            sent = Submission(
                page=page,
                name="Noor",
                email=f"noor{number}@example.org",
                text=f"Een reactie, nummer {number}",
                language="nl",
                now=timezone.now(),
            )
            answers = together(AT_ONCE, posting.post, sent)

            assert answers == [posting.Answer.CONFIRM] * AT_ONCE
            assert Comment.objects.filter(user_email=sent.email).count() == 1
            assert len(mails(sent.email)) == 1

    def test_confirmed_by_a_scanner_and_a_person_appears_once(self):
        page = factories.BlogPageFactory()

        for number in range(ROUNDS):
            email = f"noor{number}@example.org"
            comment = factories.comment(page, status="unconfirmed", email=email)
            with_transaction(confirming.ask, comment, now=timezone.now())
            token = token_of(mails(email)[0])
            results = together(AT_ONCE, confirming.confirm, token, now=timezone.now())

            assert results == [comment] * AT_ONCE
            assert Comment.objects.get(pk=comment.pk).status == Status.PENDING
            assert Confirmation.objects.filter(comment=comment, used_at__isnull=False).count() == 1
        assert Comment.objects.count() == ROUNDS


class TestAppreciation:
    def test_given_and_taken_back_at_once_is_counted_as_it_stands(self):
        comment, member = factories.comment(), factories.UserFactory()

        for _ in range(ROUNDS):
            acts = itertools.cycle([appreciating.give, appreciating.take_back])
            results = together(AT_ONCE, lambda acts=acts: next(acts)(comment, **who(member)))

            comment.refresh_from_db()
            assert results == [None] * AT_ONCE
            assert comment.appreciation == Appreciation.objects.count() <= 1


class TestARefusal:
    def test_is_objected_to_once(self):
        for number in range(ROUNDS):
            email = f"noor{number}@example.org"
            comment = factories.comment(status="rejected", email=email)
            said = {"text": "Niet eens", "language": "nl", "now": timezone.now()}
            results = together(AT_ONCE, objections.object_to, comment, **said)

            assert len({result.pk for result in results}) == 1
            assert Objection.objects.filter(comment=comment).count() == 1
            assert len(mails(email)) == 1


class TestAFollow:
    def test_is_begun_once_and_ended_for_good(self):
        page = factories.BlogPageFactory()

        for number in range(ROUNDS):
            email = f"volger{number}@example.org"
            asked = {"email": email, "language": "nl", "now": timezone.now()}
            assert together(AT_ONCE, following.request, page, **asked) == [None] * AT_ONCE
            [follow] = Follow.objects.for_address(email)
            assert len(mails(email)) <= 3
            begin, end = (link(follow).rstrip("/").split("/")[-1] for link in WAYS)

            together(AT_ONCE, following.confirm, begin, now=timezone.now())
            assert Follow.objects.for_address(email).active().count() == 1
            assert together(AT_ONCE, following.stop, end) == [None] * AT_ONCE
            assert not Follow.objects.for_address(email).exists()


class TestASubscription:
    def test_is_asked_for_and_confirmed_once(self):
        for number in range(ROUNDS):
            email = f"lezer{number}@example.org"
            asked = {
                "email": email,
                "frequency": "weekly",
                "language": "nl",
                "consent": consent.given_on("/abonneren/"),
                "now": timezone.now(),
            }
            assert together(AT_ONCE, lambda asked=asked: subscriptions.request(**asked)) == (
                [None] * AT_ONCE
            )
            token = token_of(mails(email)[0])
            results = together(AT_ONCE, subscriptions.confirm, token, now=timezone.now())

            assert {type(result) for result in results} == {Subscription}
            assert Subscription.objects.for_address(email).count() == 1


WAYS = (links.confirm, links.stop)


def who(member) -> dict:
    return {"user": member, "device": None}


def with_transaction(function, *args, **kwargs) -> None:
    with transaction.atomic():
        function(*args, **kwargs)
