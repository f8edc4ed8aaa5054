from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from community.comments import confirming, devices
from community.comments.models import Comment
from community.notifications import wishes
from community.notifications.models import Follow
from mail.models import Message
from tests import factories
from tests.factories import FollowFactory, UserFactory
from tests.notifying import announce
from tests.races import together

pytestmark = pytest.mark.both

Status = Comment.Status


@pytest.fixture
def post(db):
    return factories.BlogPageFactory()


def send(client, page, **changes):
    """Send the form as a browser does."""
    data = {
        "name": "Noor",
        "email": "Noor@Example.org",
        "comment": "Wat een goed verhaal.",
        "follow": "page",
        **changes,
    }
    address = reverse("comments:post", args=[page.pk])
    return client.post(address, data, headers={"Sec-Fetch-Site": "same-origin"})


def confirm_by_mail() -> None:
    token = Message.objects.get(kind="comments.confirm").text.split("/bevestigen/")[1].split("/")[0]
    confirming.confirm(token, now=timezone.now())


class TestTheForm:
    def test_follows_nothing_unless_something_is_chosen(self, post, client):
        page = client.get(reverse("comments:post", args=[post.pk])).content.decode()

        send(client, post, follow="")

        assert page.count('name="follow"') == 3
        assert page.count("checked") == 1
        assert Comment.objects.get().follow == "none"

    def test_refuses_what_it_did_not_offer(self, post, client):
        assert send(client, post, follow="everything").status_code == 422


class TestAReaderWithoutAccount:
    def test_follows_only_once_the_comment_is_confirmed(self, post, client):
        send(client, post)
        assert wishes.take_over() == 0

        confirm_by_mail()
        assert wishes.take_over() == 1

        follow = Follow.objects.get()
        assert (follow.email, follow.user, follow.comment) == ("noor@example.org", None, None)
        assert follow.active_at == Comment.objects.get().confirmed_at
        assert follow.consent_text

    def test_follows_answers_to_that_comment_alone(self, post, client):
        send(client, post, follow="replies")
        confirm_by_mail()

        wishes.take_over()

        assert Follow.objects.get().comment == Comment.objects.get()

    def test_on_a_remembered_device_follows_at_once(self, post, client):
        response = HttpResponse()
        devices.remember(response, email="noor@example.org")
        client.cookies[devices.COOKIE] = response.cookies[devices.COOKIE].value

        send(client, post)

        assert wishes.take_over() == 1

    def test_who_asked_by_the_form_before_is_proven_by_the_comment(self, post, client):
        FollowFactory(page=post, email="noor@example.org", unconfirmed=True)
        send(client, post)
        confirm_by_mail()

        wishes.take_over()

        assert Follow.objects.get().active_at is not None


class TestAMember:
    def test_follows_as_a_member(self, post, client):
        member = UserFactory()
        client.force_login(member)

        send(client, post)
        wishes.take_over()

        follow = Follow.objects.get()
        assert (follow.user, follow.email) == (member, "")

    def test_who_wishes_the_same_twice_follows_once_and_as_before(self, post):
        member = UserFactory()
        before = FollowFactory(page=post, user=member, email="")
        factories.comment(post, user=member, follow="page")

        assert wishes.take_over() == 1

        follow = Follow.objects.get()
        assert (follow.pk, follow.active_at) == (before.pk, before.active_at)


class TestAWish:
    @pytest.mark.parametrize(
        ("status", "heard"),
        [
            ("unconfirmed", False),
            ("spam", False),
            ("deleted_by_author", False),
            ("pending", True),
            ("approved", True),
            ("rejected", True),
        ],
    )
    def test_is_heard_once_its_writer_is_proven(self, post, status, heard):
        factories.comment(post, status=status, follow="page")

        assert wishes.take_over() == heard

    def test_is_taken_over_once_and_not_brought_back_after_stopping(self, post):
        factories.comment(post, follow="page")
        wishes.take_over()
        Follow.objects.all().delete()

        assert wishes.take_over() == 0
        assert not Follow.objects.exists()

    def test_of_a_comment_without_address_is_dropped(self, post):
        factories.comment(post, email="", follow="page")

        assert wishes.take_over() == 1
        assert not Follow.objects.exists()

    def test_counts_for_what_came_between_it_and_the_first_knock(self, post):
        now = timezone.now()
        factories.comment(
            post, follow="page", email="vroeg@example.org", at=now - timedelta(hours=1)
        )
        factories.comment(post, at=now)

        announce()

        assert Message.objects.get().to == "vroeg@example.org"


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
class TestFourWorkersAtOnce:
    def test_take_each_wish_over_once(self):
        post = factories.BlogPageFactory()
        for number in range(6):
            factories.comment(post, follow="page", email=f"lezer{number % 3}@example.org")

        taken = together(4, wishes.take_over)

        assert sum(taken) == 6
        assert Follow.objects.count() == 3
