import datetime as dt

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from community.comments import appreciating, devices, own
from community.comments.models import Appreciation, Comment, Device
from community.comments.tasks import purge
from tests import factories
from tests.writers import SAME_ORIGIN, ask, press, remember

pytestmark = pytest.mark.both

NOOR = "noor@example.org"


@pytest.fixture
def post(db):
    return factories.BlogPageFactory()


def offers(page: str) -> bool:
    return f'action="{reverse("comments:forget_device")}"' in page


class TestForgettingThisDevice:
    def test_is_offered_on_the_page_that_says_it_is_remembered(self, post, client):
        _, token = ask(post)

        page = press(client, token, onthouden="1").content.decode()

        assert offers(page)
        assert "Vergeet dit apparaat" in page

    def test_is_offered_after_posting_and_where_the_own_comment_stands(self, post, client):
        comment = factories.comment(post, email=NOOR)
        places = [f"/reacties/{post.pk}/verstuurd/?staat=wacht", own.address(comment)]
        assert not any(offers(client.get(place).content.decode()) for place in places)

        remember(client, NOOR)

        assert all(offers(client.get(place).content.decode()) for place in places)

    def test_is_not_offered_to_who_is_not_remembered(self, post, client):
        _, token = ask(post)

        assert not offers(press(client, token).content.decode())

    def test_ends_it_and_takes_both_cookies_away(self, post, client):
        device = remember(client, NOOR)

        response = client.post(reverse("comments:forget_device"), headers=SAME_ORIGIN)

        device.refresh_from_db()
        assert device.revoked_at is not None
        assert all(response.cookies[name]["max-age"] == 0 for name in ("apparaat", "bekend"))
        assert "De cookies zijn weg" in response.content.decode()

    def test_does_nothing_by_looking(self, post, client):
        device = remember(client, NOOR)

        assert client.get(reverse("comments:forget_device")).status_code == 405

        device.refresh_from_db()
        assert device.revoked_at is None


class TestForgettingAllDevices:
    @pytest.fixture
    def comment(self, post):
        return factories.comment(post, email=NOOR)

    def place(self, comment, name="devices") -> str:
        return f"{reverse(f'own:{name}', args=[comment.public_id])}?sleutel={own.key(comment)}"

    def test_is_offered_behind_the_link_in_the_mail(self, comment, client):
        assert self.place(comment) in client.get(own.address(comment)).content.decode()

    def test_asks_first_and_changes_nothing(self, comment, client):
        device = remember(client, NOOR)

        for method in (client.get, client.head):
            assert method(self.place(comment)).status_code == 200

        device.refresh_from_db()
        assert device.revoked_at is None

    def test_ends_every_device_of_the_address_and_no_other(self, comment, client):
        for email in (NOOR, "Noor@Example.org"):
            remember(client, email)
        other = remember(client, "ander@example.org")

        response = client.post(self.place(comment), headers=SAME_ORIGIN)

        assert response.status_code == 200
        assert list(Device.objects.filter(revoked_at__isnull=True)) == [other]
        assert response.cookies["apparaat"]["max-age"] == 0

    def test_of_a_member_ends_those_of_the_own_address(self, client, post):
        member = factories.UserFactory(email=NOOR)
        comment = factories.comment(post, user=member, email="oud@example.org")
        device = remember(client, NOOR)

        client.post(self.place(comment), headers=SAME_ORIGIN)

        device.refresh_from_db()
        assert device.revoked_at is not None

    def test_is_not_for_a_stranger(self, comment, client):
        device = remember(client, "stiekem@example.org")
        address = reverse("own:devices", args=[comment.public_id])

        answers = [
            client.get(address),
            client.post(address, headers=SAME_ORIGIN),
            client.post(f"{address}?sleutel=x.y", headers=SAME_ORIGIN),
        ]

        assert [answer.status_code for answer in answers] == [404] * 3
        assert not Device.objects.filter(revoked_at__isnull=False).exists()
        assert device.revoked_at is None

    def test_after_the_comment_is_deleted_touches_nobody(self, comment, client):
        place = self.place(comment)
        remember(client, NOOR)
        Comment.objects.filter(pk=comment.pk).update(status="deleted_by_author", user_email="")

        assert client.post(place, headers=SAME_ORIGIN).status_code == 200
        assert not Device.objects.filter(revoked_at__isnull=False).exists()

    def test_from_another_site_is_refused(self, comment, client):
        answer = client.post(self.place(comment), headers={"Sec-Fetch-Site": "cross-site"})

        assert answer.status_code == 403


class TestPurge:
    def test_forgets_who_a_revoked_device_was(self, client, db):
        device, kept = remember(client, NOOR), remember(client, NOOR)
        Device.objects.filter(pk=device.pk).update(revoked_at=timezone.now())

        purge()
        purge()

        assert list(Device.objects.all()) == [kept]

    def test_forgets_what_is_older_than_its_cookie(self, client, db):
        with time_machine.travel("2026-03-01T12:00:00Z", tick=False):
            remember(client, NOOR)
        with time_machine.travel("2027-03-01T12:00:00Z", tick=False):
            purge()
            assert Device.objects.count() == 1
        with time_machine.travel("2027-03-01T12:00:01Z", tick=False):
            purge()

        assert not Device.objects.exists()

    def test_leaves_appreciation_counted_and_nameless(self, client, post):
        comment, now = factories.comment(post), timezone.now()
        for number in range(3):
            device = remember(client, f"lezer{number}@example.org")
            appreciating.give(comment, user=None, device=device)
        Device.objects.exclude(pk=device.pk).update(revoked_at=now)

        devices.purge(now=now + dt.timedelta(seconds=1))

        kept = Comment.objects.get(pk=comment.pk).appreciation
        assert kept == Appreciation.objects.filter(comment=comment).count() == 3
        assert sorted(Device.objects.values_list("email", flat=True)) == ["", "", device.email]
        hashes = Device.objects.filter(email="").values_list("token_hash", flat=True)
        assert all(word.startswith("forgotten:") for word in hashes)
