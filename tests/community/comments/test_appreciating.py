import pytest
from django.urls import reverse
from django.utils import timezone

from community.comments import appreciating, deleting, devices
from community.comments.models import Appreciation, Comment, Device
from tests import factories
from tests.races import together

SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def comment(db):
    return factories.comment()


@pytest.fixture
def member(client, db):
    user = factories.UserFactory()
    client.force_login(user)
    return user


def press(client, comment, **data):
    address = reverse("comments:appreciate", args=[comment.public_id])
    return client.post(address, data, headers=SAME_ORIGIN)


def count(comment) -> int:
    return Comment.objects.get(pk=comment.pk).appreciation


class TestAMember:
    def test_counts_once_however_often_they_press(self, client, member, comment):
        press(client, comment)
        press(client, comment)

        assert count(comment) == Appreciation.objects.count() == 1

    def test_can_take_it_back_and_only_once(self, client, member, comment):
        press(client, comment)
        press(client, comment, terug="1")
        press(client, comment, terug="1")

        assert count(comment) == Appreciation.objects.count() == 0

    def test_changes_nothing_by_looking(self, client, member, comment):
        response = client.get(reverse("comments:appreciate", args=[comment.public_id]))

        assert response.status_code == 200
        assert count(comment) == 0

    def test_finds_the_own_appreciation_back_on_the_page(self, client, member, comment):
        press(client, comment)

        own = client.get(reverse("comments:own", args=[comment.page_id])).json()

        assert own == {"appreciated": [str(comment.public_id)], "written": []}

    def test_comes_with_the_own_comments_that_can_be_read_there(self, client, member, comment):
        page = comment.page.specific
        mine = factories.comment(page, user=member)
        factories.comment(page, user=member, status="pending")
        factories.comment(user=member)

        own = client.get(reverse("comments:own", args=[page.pk])).json()

        assert own["written"] == [str(mine.public_id)]

    def test_is_never_named(self, client, member, comment):
        press(client, comment)
        client.logout()

        page = client.get(reverse("comments:appreciate", args=[comment.public_id]))

        assert member.last_name not in page.content.decode()

    def test_cannot_appreciate_what_is_held(self, client, member, db):
        held = factories.comment(status="pending")

        assert press(client, held).status_code == 404


class TestAStranger:
    def test_is_told_how_to_be_known_and_not_counted(self, client, comment):
        assert press(client, comment).status_code == 403
        assert count(comment) == 0

    def test_has_nothing_of_their_own(self, client, comment):
        response = client.get(reverse("comments:own", args=[comment.page_id]))

        assert response.json() == {"appreciated": [], "written": []}
        assert not response.cookies


class TestARememberedDevice:
    @pytest.fixture
    def device(self, client, rf, db):
        from django.http import HttpResponse

        response = HttpResponse()
        device = devices.remember(response, email="noor@example.org")
        client.cookies[devices.COOKIE] = response.cookies[devices.COOKIE].value
        return device

    def test_counts_once(self, client, device, comment):
        press(client, comment)
        press(client, comment)

        assert count(comment) == 1

    def test_counts_no_more_when_it_was_revoked(self, client, device, comment):
        Device.objects.update(revoked_at=comment.submit_date)

        assert press(client, comment).status_code == 403

    def test_posts_without_confirming_under_its_own_address_only(self, client, device, comment):
        for email in ("Noor@example.org", "ander@example.org"):
            client.post(
                reverse("comments:post", args=[comment.page_id]),
                {"name": "Noor", "email": email, "comment": f"Van {email}"},
                headers=SAME_ORIGIN,
            )

        assert Comment.objects.get(comment="Van Noor@example.org").status == "pending"
        assert Comment.objects.get(comment="Van ander@example.org").status == "unconfirmed"

    def test_can_be_forgotten(self, client, device, comment):
        client.post(reverse("comments:forget_device"), headers=SAME_ORIGIN)

        assert Device.objects.get().revoked_at is not None
        assert press(client, comment).status_code == 403

    def test_with_a_forged_cookie_is_a_stranger(self, client, device, comment):
        client.cookies[devices.COOKIE] = "verzonnen:1vabcd:" + "x" * 43

        assert press(client, comment).status_code == 403


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
class TestTenAtOnce:
    def test_count_ten_and_one_ten_times_counts_one(self):
        comment = factories.comment()
        people = iter([factories.UserFactory() for _ in range(10)])
        same = factories.UserFactory()

        together(10, lambda: appreciating.give(comment, user=next(people), device=None))
        together(10, appreciating.give, comment, user=same, device=None)

        assert count(comment) == Appreciation.objects.count() == 11

    def test_of_what_its_writer_deletes_meanwhile_leave_no_row_and_no_count(self):
        comment = factories.comment()
        people = iter([None, *(factories.UserFactory() for _ in range(8))])

        def act() -> object:
            person = next(people)
            if person is None:
                return deleting.delete(comment, now=timezone.now())
            return appreciating.give(comment, user=person, device=None)

        results = together(9, act)

        assert count(comment) == Appreciation.objects.count() == 0
        assert {type(result) for result in results} <= {type(None), bool, appreciating.NotThere}

    def test_of_what_is_gone_is_refused(self):
        comment = factories.comment(status="removed")

        with pytest.raises(appreciating.NotThere):
            appreciating.give(comment, user=factories.UserFactory(), device=None)

        assert not Appreciation.objects.exists()
