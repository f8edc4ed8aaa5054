"""The links to confirm and to stop, and what becomes of wishes."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from community.notifications import following, links
from community.notifications.models import Follow
from community.subscriptions import tokens
from mail import states
from mail.models import Message
from tests import factories
from tests.community.notifications.views.following import ADDRESS, path_of
from tests.factories import FollowFactory
from tests.notifying import announce

pytestmark = [pytest.mark.django_db, pytest.mark.both, pytest.mark.usefixtures("site")]


@pytest.fixture
def mail_program() -> Client:
    """What presses the one-click button: no cookie, no origin, no site."""
    return Client(enforce_csrf_checks=True)


class TestTheLinkToConfirm:
    def test_is_too_old_after_seven_days(self, browser, post):
        follow = FollowFactory(page=post, unconfirmed=True)
        with time_machine.travel(timezone.now() - timedelta(days=8)):
            path = path_of(links.confirm(follow))

        assert browser.get(path).status_code == browser.post(path).status_code == 410
        assert not Follow.objects.active().exists()

    def test_of_what_was_stopped_is_gone(self, browser, post):
        path = path_of(links.confirm(FollowFactory.build(page=post)))

        assert browser.post(path).status_code == 410

    def test_of_a_page_that_is_hidden_now_is_not_found(self, browser, post):
        path = path_of(links.confirm(FollowFactory(page=post, unconfirmed=True)))
        post.unpublish()

        response = browser.post(path)

        assert response.status_code == 404
        assert post.title not in response.content.decode()

    @pytest.mark.parametrize("purpose", [links.STOP, tokens.CONFIRM, tokens.UNSUBSCRIBE])
    def test_is_for_nothing_else(self, browser, post, purpose):
        token = tokens.make(purpose, FollowFactory(page=post, unconfirmed=True).public_id)

        assert browser.post(f"/reacties/volgen/bevestigen/{token}/").status_code == 404
        assert not Follow.objects.active().exists()


class TestTheLinkToStop:
    @pytest.mark.parametrize("method", ["get", "head"])
    def test_shows_a_button_and_changes_nothing(self, mail_program, post, method):
        follow = FollowFactory(page=post)

        response = getattr(mail_program, method)(path_of(links.stop(follow)))

        assert response.status_code == 200
        assert "no-store" in response["Cache-Control"]
        assert Follow.objects.exists()

    @pytest.mark.parametrize(
        ("body", "content_type"),
        [
            ("List-Unsubscribe=One-Click", "application/x-www-form-urlencoded"),
            ("", "application/x-www-form-urlencoded"),
            ("", "text/plain"),
        ],
    )
    def test_is_pressed_by_a_mail_program_in_one_click(
        self, mail_program, post, body, content_type
    ):
        """RFC 8058: no cookie, no further question, and an answer that is no redirect."""
        FollowFactory(page=post)
        factories.comment(post)
        announce()
        link = Message.objects.get().headers["List-Unsubscribe"].strip("<>")

        response = mail_program.post(path_of(link), body, content_type=content_type)

        assert response.status_code == 200
        assert not response.cookies
        assert not Follow.objects.exists()
        assert Message.objects.get().state == Message.State.CANCELLED

    def test_is_heard_by_the_sender_that_is_at_work_on_a_mail(self, mail_program, post):
        FollowFactory(page=post)
        factories.comment(post)
        announce()
        batch, [message] = states.claim(now=timezone.now(), limit=1)

        mail_program.post(path_of(message.headers["List-Unsubscribe"].strip("<>")))
        states.finish(batch, now=timezone.now())

        assert Message.objects.get().state == Message.State.CANCELLED

    def test_takes_a_post_from_a_web_mail_on_another_site(self, post):
        client = Client(enforce_csrf_checks=True, headers={"Sec-Fetch-Site": "cross-site"})

        assert client.post(path_of(links.stop(FollowFactory(page=post)))).status_code == 200

    def test_works_twice_and_after_years(self, mail_program, post):
        path = path_of(links.stop(FollowFactory(page=post)))

        with time_machine.travel("2046-11-23T12:00Z"):
            assert mail_program.post(path).status_code == 200
            assert mail_program.post(path).status_code == 200
            assert mail_program.get(path).status_code == 200

        assert not Follow.objects.exists()

    def test_works_when_the_page_is_hidden_and_does_not_name_it(self, mail_program, post):
        path = path_of(links.stop(FollowFactory(page=post)))
        post.unpublish()

        for response in (mail_program.get(path), mail_program.post(path)):
            assert response.status_code == 200
            assert post.title not in response.content.decode()

    def test_stops_nothing_else_of_the_same_address(self, mail_program, post):
        leaves = FollowFactory(page=post, email=ADDRESS)
        FollowFactory(email=ADDRESS)
        for page in (post, Follow.objects.exclude(page=post).get().page):
            factories.comment(page)
            announce()

        mail_program.post(path_of(links.stop(leaves)))

        assert Follow.objects.count() == 1
        assert Message.objects.filter(state=Message.State.QUEUED).count() == 1

    @pytest.mark.parametrize("purpose", [links.CONFIRM, tokens.UNSUBSCRIBE])
    def test_is_for_nothing_else(self, mail_program, post, purpose):
        token = tokens.make(purpose, FollowFactory(page=post).public_id)

        assert mail_program.post(f"/reacties/volgen/stoppen/{token}/").status_code == 404
        assert Follow.objects.exists()

    @pytest.mark.parametrize("token", ["x", "a.b.c", "..", "%00", "%ff", "é", "0" * 5000])
    def test_answers_404_to_what_is_no_link_of_ours(self, mail_program, browser, token):
        for path in (f"/reacties/volgen/bevestigen/{token}/", f"/reacties/volgen/stoppen/{token}/"):
            assert mail_program.get(path).status_code == 404
            assert browser.post(path).status_code == 404


class TestWishesThatNobodyConfirmed:
    def test_are_forgotten_when_their_link_is_too_old(self, post):
        old = timezone.now() - timedelta(days=8)
        FollowFactory(page=post, unconfirmed=True, requested_at=old)
        young = FollowFactory(page=post, unconfirmed=True)
        active = FollowFactory(page=post, requested_at=old)

        assert following.purge_unconfirmed(now=timezone.now()) == 1

        assert set(Follow.objects.all()) == {young, active}


class TestAPageThatIsDeleted:
    def test_takes_its_follows_along(self, post):
        comment = factories.comment(post)
        FollowFactory(page=post)
        FollowFactory(page=post, comment=comment)

        post.delete()

        assert not Follow.objects.exists()
