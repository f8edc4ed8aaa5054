"""The pages on which readers and members begin to follow."""

import pytest
from django.test import Client
from django.urls import reverse

from community.notifications import links
from community.notifications.models import Follow
from mail.models import Message
from tests import factories
from tests.community.notifications.views.following import ADDRESS, path_of
from tests.factories import FollowFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.both, pytest.mark.usefixtures("site")]


def form_of(page) -> str:
    return reverse("notifications:follow", args=[page.pk])


class TestTheFollowPage:
    def test_has_a_form_and_no_cookie_or_token(self, browser, post):
        response = browser.get(form_of(post))

        page = response.content.decode()
        assert response.status_code == 200
        assert 'name="email"' in page
        assert "csrfmiddlewaretoken" not in page
        assert not response.cookies
        assert not Follow.objects.exists()

    @pytest.mark.parametrize(
        "changes", [{"live": False}, {"comments_mode": "off"}], ids=["a draft", "comments off"]
    )
    def test_of_a_page_without_conversation_is_not_found(self, browser, changes):
        page = factories.BlogPageFactory(**changes)

        assert browser.get(form_of(page)).status_code == 404
        assert browser.post(form_of(page), {"email": ADDRESS}).status_code == 404
        assert not Message.objects.exists()

    def test_of_a_page_behind_a_login_is_not_found_by_a_stranger(self, browser, post):
        post.view_restrictions.create(restriction_type="login")

        assert browser.get(form_of(post)).status_code == 404

    @pytest.mark.parametrize("page_id", ["0", "999999999", "99999999999999999999"])
    def test_of_nothing_is_not_found(self, browser, page_id):
        assert browser.get(f"/reacties/{page_id}/volgen/").status_code == 404


class TestAReaderWithoutAccount:
    def test_gets_a_mail_with_a_link_and_follows_after_the_button(self, browser, post):
        response = browser.post(form_of(post), {"email": "Volger@Example.org"})

        message = Message.objects.get()
        assert response.status_code == 200
        assert (message.kind, message.to) == ("notifications.confirm", ADDRESS)
        assert Follow.objects.get().active_at is None
        link = next(word for word in message.text.split() if "/volgen/bevestigen/" in word)
        for method in ("get", "head"):
            assert getattr(browser, method)(path_of(link)).status_code == 200
        assert Follow.objects.get().active_at is None

        assert browser.post(path_of(link)).status_code == 200
        assert Follow.objects.get().active_at is not None
        assert browser.post(path_of(link)).status_code == 200

    @pytest.mark.parametrize(
        "email", ["", "geen adres", "a\x00@example.org", "a@example.org\r\nBcc: b@example.org"]
    )
    def test_who_mistypes_gets_the_form_back(self, browser, post, email):
        response = browser.post(form_of(post), {"email": email})

        assert response.status_code == 422
        assert 'aria-invalid="true"' in response.content.decode()
        assert not Message.objects.exists()

    def test_gets_the_same_answer_whether_known_or_not(self, browser, post):
        FollowFactory(page=post, email=ADDRESS)

        known = browser.post(form_of(post), {"email": ADDRESS}).content
        new = browser.post(form_of(post), {"email": "nieuw@example.org"}).content
        trapped = browser.post(form_of(post), {"email": "x", "website": "https://x"}).content

        assert known == new == trapped
        kinds = Message.objects.values_list("kind", "to")
        assert set(kinds) == {
            ("notifications.already", ADDRESS),
            ("notifications.confirm", "nieuw@example.org"),
        }

    def test_whose_password_manager_fell_in_the_trap_can_ask_once_more(self, browser, post):
        trapped = browser.post(form_of(post), {"email": ADDRESS, "website": "https://x"})
        assert f'href="{form_of(post)}?opnieuw=1"' in trapped.content.decode()
        form = browser.get(form_of(post), {"opnieuw": "1"}).content.decode()
        assert 'name="website"' not in form
        assert 'name="opnieuw" value="1"' in form

        browser.post(form_of(post), {"email": ADDRESS, "website": "https://x", "opnieuw": "1"})

        assert Message.objects.get().to == ADDRESS

    def test_gets_at_most_three_mails_a_day(self, browser, post):
        answers = {browser.post(form_of(post), {"email": ADDRESS}).content for _ in range(5)}

        assert (Message.objects.count(), len(answers)) == (3, 1)

    def test_in_english_is_mailed_in_english(self, browser, post):
        browser.post(f"/en{form_of(post)}", {"email": ADDRESS})

        message = Message.objects.get()
        assert message.language == "en"
        assert "/en/reacties/volgen/bevestigen/" in message.text

    def test_cannot_be_asked_for_by_another_site(self, post):
        client = Client(headers={"Sec-Fetch-Site": "cross-site"})

        assert client.post(form_of(post), {"email": ADDRESS}).status_code == 403
        assert not Message.objects.exists()


class TestAMember:
    @pytest.fixture
    def member(self, browser):
        member = UserFactory()
        browser.force_login(member)
        return member

    def test_follows_without_confirming(self, browser, post, member):
        for _ in range(2):
            assert browser.post(form_of(post)).status_code == 200

        follow = Follow.objects.get()
        assert (follow.user, follow.email) == (member, "")
        assert follow.active_at is not None
        assert not Message.objects.exists()

    def test_who_follows_already_is_told_how_to_stop(self, browser, post, member):
        follow = FollowFactory(page=post, user=member, email="")

        page = browser.get(form_of(post)).content.decode()

        address, _moment, _signature = links.stop(follow).rsplit(".", 2)
        assert address in page
