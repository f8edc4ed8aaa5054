import datetime as dt

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone

from community.comments import confirming, devices, states
from community.comments.models import Comment, Confirmation
from mail.models import Message
from tests import factories
from tests.races import together
from tests.writers import SAME_ORIGIN, ask, last_token, press

Status = Comment.Status


class TestTheLink:
    def test_shows_a_button_and_the_own_text_and_changes_nothing(self, post, client):
        comment, token = ask(post, text="Mijn eigen woorden")

        for method in (client.get, client.head):
            assert method(reverse("comments:confirm", args=[token])).status_code == 200

        comment.refresh_from_db()
        assert comment.status == Status.UNCONFIRMED
        page = client.get(reverse("comments:confirm", args=[token])).content.decode()
        assert "Mijn eigen woorden" in page
        assert "<button" in page

    def test_confirms_when_the_button_is_pressed(self, post, client):
        comment, token = ask(post)

        response = press(client, token)

        comment.refresh_from_db()
        assert response.status_code == 200
        assert comment.status == Status.PENDING
        assert comment.confirmed_at is not None

    def test_pressed_twice_is_harmless(self, post, client):
        comment, token = ask(post)
        press(client, token)
        states.change(Comment.objects.get(pk=comment.pk), to=Status.REJECTED, now=timezone.now())

        response = press(client, token)

        comment.refresh_from_db()
        assert response.status_code == 200
        assert comment.status == Status.REJECTED

    def test_is_not_known_when_it_is_mistyped(self, db, home, client):
        for token in ["x", "A" * 22, "%00", "é", "../.."]:
            assert client.get(f"/reacties/bevestigen/{token}/").status_code == 404

    def test_of_a_comment_that_was_erased_is_not_known(self, post, client):
        comment, token = ask(post)
        comment.delete()

        assert press(client, token).status_code == 404

    def test_that_is_too_old_offers_a_new_one(self, post, client):
        comment, token = ask(post, text="Nog te redden", at=timezone.now() - dt.timedelta(hours=73))

        response = press(client, token)
        assert response.status_code == 410
        assert "Nog te redden" in response.content.decode()

        client.post(reverse("comments:ask_again", args=[token]), headers=SAME_ORIGIN)
        fresh = Message.objects.latest("pk").text.split("/bevestigen/")[1].split("/")[0]
        assert press(client, token).status_code == 404
        assert press(client, fresh).status_code == 200
        comment.refresh_from_db()
        assert comment.status == Status.PENDING

    @pytest.mark.parametrize(
        "changes", [{"live": False}, {"comments_mode": "closed"}, {"comments_mode": "off"}]
    )
    def test_of_a_page_that_closed_meanwhile_gives_the_text_back(self, post, client, changes):
        comment, token = ask(post, text="Te laat gelezen")
        type(post).objects.filter(pk=post.pk).update(**changes)

        response = press(client, token)

        comment.refresh_from_db()
        assert response.status_code == 410
        assert "Te laat gelezen" in response.content.decode()
        assert comment.status == Status.UNCONFIRMED

    def test_of_a_page_that_was_deleted_is_not_known(self, post, client):
        _, token = ask(post)
        post.delete()

        assert press(client, token).status_code == 404

    def test_of_a_reply_to_what_was_removed_gives_the_text_back(self, post, client):
        parent = factories.comment(post)
        _, token = ask(post, parent=parent, text="Mijn antwoord")
        states.change(parent, to=Status.REMOVED, now=timezone.now())

        response = press(client, token)

        assert response.status_code == 410
        assert "Mijn antwoord" in response.content.decode()

    def test_sets_no_cookie(self, post, client):
        _, token = ask(post)

        assert not client.get(reverse("comments:confirm", args=[token])).cookies
        assert not press(client, token).cookies

    def test_is_refused_to_another_site(self, post, client):
        _, token = ask(post)

        response = client.post(
            reverse("comments:confirm", args=[token]), headers={"Sec-Fetch-Site": "cross-site"}
        )

        assert response.status_code == 403


class TestAPageThatIsHiddenMeanwhile:
    """No title and no address of what this reader may not see, whatever became of the link."""

    @pytest.fixture(params=["login", "password", "groups", "unpublished"])
    def hide(self, request):
        def hide(page):
            if request.param == "unpublished":
                type(page).objects.filter(pk=page.pk).update(live=False)
                return
            restriction = page.view_restrictions.create(
                restriction_type=request.param, password="geheim"
            )
            if request.param == "groups":
                restriction.groups.set([Group.objects.create(name="Binnen")])

        return hide

    @pytest.fixture
    def post(self, db):
        return factories.BlogPageFactory(title="Zeer geheime titel", slug="zeer-geheim")

    def leaks(self, response) -> bool:
        said = response.content.decode()
        return "Zeer geheime titel" in said or "zeer-geheim" in said

    def test_shows_and_confirms_nothing(self, post, client, hide):
        comment, token = ask(post, text="Te laat gelezen")
        hide(post)

        answers = [client.get(reverse("comments:confirm", args=[token])), press(client, token)]

        for answer in answers:
            assert answer.status_code == 410
            assert "Te laat gelezen" in answer.content.decode()
            assert not self.leaks(answer)
        comment.refresh_from_db()
        assert comment.status == Status.UNCONFIRMED

    def test_mails_no_new_link(self, post, client, hide):
        _, token = ask(post, at=timezone.now() - dt.timedelta(hours=73))
        hide(post)

        address = reverse("comments:ask_again", args=[token])
        answers = [press(client, token), client.post(address, headers=SAME_ORIGIN)]

        assert [answer.status_code for answer in answers] == [410, 410]
        assert not any(self.leaks(answer) for answer in answers)
        assert Message.objects.count() == Confirmation.objects.count() == 1

    @pytest.mark.parametrize("status", ["pending", "approved", "rejected", "spam", "removed"])
    def test_is_not_named_by_a_used_link(self, post, client, hide, status):
        comment, token = ask(post)
        press(client, token)
        now = timezone.now()
        Comment.objects.filter(pk=comment.pk).update(status=status, decided_at=now)
        hide(post)

        answers = [client.get(reverse("comments:confirm", args=[token])), press(client, token)]

        for answer in answers:
            assert answer.status_code == 200
            assert not self.leaks(answer)
            assert comment.get_absolute_url() not in answer.content.decode()

    def test_opens_to_who_knows_the_password(self, post, client):
        comment, token = ask(post)
        restriction = post.view_restrictions.create(restriction_type="password", password="geheim")
        session = client.session
        session[restriction.passed_view_restrictions_session_key] = [restriction.pk]
        session.save()

        response = press(client, token)

        comment.refresh_from_db()
        assert comment.status == Status.PENDING
        assert "Zeer geheime titel" in response.content.decode()

    def test_opens_to_who_is_logged_in(self, post, client):
        comment, token = ask(post)
        post.view_restrictions.create(restriction_type="login")
        client.force_login(factories.UserFactory())

        press(client, token)

        comment.refresh_from_db()
        assert comment.status == Status.PENDING


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
class TestFiftyAtOnce:
    def test_confirm_once(self):
        post = factories.BlogPageFactory()
        comment, token = ask(post)

        results = together(50, confirming.confirm, token, now=timezone.now())

        comment.refresh_from_db()
        assert [type(result) for result in results] == [Comment] * 50
        assert comment.status == Status.PENDING
        assert Comment.objects.count() == 1


class TestSendingTheSameAgain:
    def test_mails_a_new_link_once_the_first_is_too_old(self, post, client):
        words = {"name": "Noor", "email": "noor@example.org", "comment": "Nog eens"}
        address = reverse("comments:post", args=[post.pk])
        with time_machine.travel("2026-03-01T12:00:00Z", tick=False):
            client.post(address, words, headers=SAME_ORIGIN)
        with time_machine.travel("2026-03-04T11:59:00Z", tick=False):
            client.post(address, words, headers=SAME_ORIGIN)
            assert Message.objects.count() == 1
        with time_machine.travel("2026-03-04T12:00:01Z", tick=False):
            client.post(address, words, headers=SAME_ORIGIN)
            client.post(address, words, headers=SAME_ORIGIN)
            response = press(client, last_token())

        assert response.status_code == 200
        assert Message.objects.count() == 2
        assert Comment.objects.get().status == Status.PENDING


class TestRememberingTheDevice:
    def test_is_for_the_one_who_used_the_link(self, post, client):
        _, token = ask(post)
        address = reverse("comments:confirm", args=[token])

        first = client.post(address, {"onthouden": "1"}, headers=SAME_ORIGIN)
        second = client.post(address, {"onthouden": "1"}, headers=SAME_ORIGIN)

        assert devices.COOKIE in first.cookies
        assert devices.COOKIE not in second.cookies


class TestAskWaiting:
    def test_mails_the_fourth_link_of_a_day_on_the_next(self, post):
        now = timezone.now()
        comments = [
            factories.comment(post, status="unconfirmed", email="noor@example.org", at=now)
            for _ in range(4)
        ]
        confirming.ask_waiting(now=now)
        assert Message.objects.count() == 3
        assert not Confirmation.objects.filter(comment=comments[3]).exists()

        tomorrow = now + dt.timedelta(hours=25)
        mailed = [confirming.ask_waiting(now=moment) for moment in (now, tomorrow, tomorrow)]

        assert mailed == [0, 1, 0]
        assert Message.objects.count() == 4

    def test_leaves_a_link_that_works_alone(self, post, client):
        comment, token = ask(post)

        client.post(reverse("comments:ask_again", args=[token]), headers=SAME_ORIGIN)
        press(client, token)

        comment.refresh_from_db()
        assert comment.status == Status.PENDING
        assert Message.objects.count() == 1
