import pytest
from django.urls import reverse
from django.utils import timezone
from django_comments.models import Comment as PackageComment

from community.comments import posting
from community.comments.models import Comment, Confirmation
from community.comments.pipeline import gates
from mail.models import Message
from tests import factories
from tests.community.comments.sending import Status, send
from tests.submissions import open_to
from tests.writers import remember

pytestmark = pytest.mark.both


class TestAReaderWithoutAccount:
    def test_gets_the_comment_stored_and_one_mail(self, post, client):
        response = send(client, post)

        comment = Comment.objects.get()
        assert comment.status == Status.UNCONFIRMED
        assert (comment.user_name, comment.user_email) == ("Noor", "noor@example.org")
        [message] = Message.objects.all()
        assert message.to == "noor@example.org"
        assert response.status_code == 303
        assert "bevestigen" in client.get(response.url).request["QUERY_STRING"]

    def test_is_mailed_no_word_of_what_was_written(self, post, client):
        send(client, post, name="Koop Pillen", comment="Klik op https://spam.example")

        message = Message.objects.get()
        assert "spam.example" not in message.text + message.html + message.subject
        assert "Koop" not in message.text + message.html + message.subject

    def test_is_mailed_a_short_link_of_which_only_a_hash_is_kept(self, post, client):
        send(client, post)

        message = Message.objects.get()
        token = message.text.split("/bevestigen/")[1].split("/")[0]
        assert len(token) == 22
        assert token not in Confirmation.objects.get().token_hash

    def test_gets_no_address_network_or_cookie_stored(self, post, client):
        response = send(client, post)

        assert PackageComment.objects.get().ip_address is None
        assert not response.cookies

    def test_who_clicks_twice_has_one_comment_and_one_mail(self, post, client):
        first, second = send(client, post), send(client, post)

        assert Comment.objects.count() == Message.objects.count() == 1
        assert first.url == second.url

    @pytest.mark.parametrize("status", ["pending", "approved", "rejected", "spam", "removed"])
    def test_learns_nothing_about_an_address_by_sending_the_words_of_another(
        self, post, client, status
    ):
        first = send(client, post)
        Comment.objects.update(
            status=status, confirmed_at=timezone.now(), decided_at=timezone.now()
        )

        again = send(client, post)
        other = send(client, post, email="ander@example.org")

        assert first.url == again.url == other.url

    def test_gets_at_most_three_mails_and_always_the_same_answer(self, post, client):
        answers = {send(client, post, comment=f"Reactie {n}").url for n in range(5)}

        assert Comment.objects.count() == 5
        assert Message.objects.count() == 3
        assert len(answers) == 1

    def test_is_mailed_in_the_language_of_the_page(self, post, client):
        client.post(
            "/en" + reverse("comments:post", args=[post.pk]),
            {"name": "Ann", "email": "ann@example.org", "comment": "Well said"},
            headers={"Sec-Fetch-Site": "same-origin"},
        )

        assert Message.objects.get().language == "en"
        assert "/en/reacties/bevestigen/" in Message.objects.get().text


class TestAMember:
    def test_waits_for_an_editor_without_confirming(self, post, client):
        member = factories.UserFactory(first_name="Sam", last_name="de Wit")
        client.force_login(member)

        response = send(client, post, name="Iemand anders", email="ander@example.org")

        comment = Comment.objects.get()
        assert comment.status == Status.PENDING
        assert (comment.user, comment.user_name) == (member, "Sam de Wit")
        assert "wacht" in response.url
        assert not Message.objects.exists()

    def trusted(self, post):
        """Let one be placed without an editor, and return who that is."""
        open_to(post, "first")
        member = factories.UserFactory()
        for _ in range(2):
            factories.comment(post, user=member, email=member.email)
        return member

    def test_who_is_trusted_and_clicks_twice_hears_twice_that_it_is_placed(self, post, client):
        client.force_login(self.trusted(post))

        answers = [send(client, post).url for _ in range(2)]

        assert Comment.objects.filter(comment="Wat een *goed* verhaal.").count() == 1
        assert answers == [f"/reacties/{post.pk}/verstuurd/?staat=geplaatst"] * 2

    def test_who_says_it_again_elsewhere_waits_for_an_editor(self, post, client):
        client.force_login(self.trusted(post))
        send(client, post)

        response = send(client, factories.BlogPageFactory())

        assert "wacht" in response.url
        assert Comment.objects.latest("pk").evidence["phase"] == "repeat"

    def test_who_has_sent_too_much_hears_what_became_of_a_double_click(self, post, client):
        member = self.trusted(post)
        client.force_login(member)
        send(client, post)
        for _ in range(20):
            factories.comment(post, user=member, email=member.email, at=timezone.now())

        assert "geplaatst" in send(client, post).url
        assert send(client, post, comment="Iets nieuws").status_code == 429

    @pytest.mark.parametrize("status", ["rejected", "removed"])
    def test_who_sends_a_refused_comment_again_hears_that_it_is_known(self, post, client, status):
        client.force_login(factories.UserFactory())
        send(client, post)
        Comment.objects.update(status=status, decided_at=timezone.now())

        response = client.get(send(client, post).url)

        assert Comment.objects.count() == 1
        assert "Deze reactie hadden we al" in response.content.decode()

    def test_who_fell_into_the_trap_hears_that_it_waits(self, post, client):
        client.force_login(factories.UserFactory())

        answers = [send(client, post, website="https://example.org").url for _ in range(2)]

        assert Comment.objects.get().status == Status.SPAM
        assert all("wacht" in answer for answer in answers)

    def test_of_a_long_and_odd_name_is_named_as_far_as_it_fits(self, post, client):
        client.force_login(factories.UserFactory(first_name="\u202eNoor", last_name="x" * 100))

        send(client, post)

        assert Comment.objects.get().user_name == "Noor " + "x" * 45

    def test_who_moderates_is_placed_at_once(self, post, client):
        client.force_login(factories.UserFactory(moderator=True))

        send(client, post)

        assert Comment.objects.get().status == Status.APPROVED


class TestAReply:
    def test_stands_below_the_comment_that_it_answers(self, post, client):
        parent = factories.comment(post)

        send(client, post, reply_to=str(parent.public_id))

        assert Comment.objects.order_by("-pk").first().parent_path == parent.path

    @pytest.mark.parametrize(
        "reply_to",
        ["999999", "-1", "abc", "' or 1=1", "\u0661", "00000000-0000-4000-8000-000000000000"],
    )
    def test_to_nothing_gives_the_text_back_and_stores_nothing(self, post, client, reply_to):
        response = send(client, post, reply_to=reply_to)

        assert response.status_code == 422
        assert "Wat een *goed* verhaal." in response.content.decode()
        assert not PackageComment.objects.exists()

    @pytest.mark.parametrize("status", ["unconfirmed", "pending", "rejected", "spam", "removed"])
    def test_to_what_cannot_be_read_is_refused(self, post, client, status):
        held = factories.comment(post, status=status)

        response = send(client, post, reply_to=str(held.public_id))

        assert response.status_code == 422
        assert PackageComment.objects.count() == 1

    def test_to_a_comment_of_another_page_is_refused(self, post, client):
        elsewhere = factories.comment(factories.BlogPageFactory())

        assert send(client, post, reply_to=str(elsewhere.public_id)).status_code == 422

    def test_that_would_stand_too_deep_is_refused(self, post, client):
        parent = None
        for _ in range(4):
            parent = factories.comment(post, parent=parent)

        assert send(client, post, reply_to=str(parent.public_id)).status_code == 422


class TestAPage:
    def test_that_is_closed_gives_the_text_back(self, client, db):
        post = factories.BlogPageFactory(comments_mode="closed")

        response = send(client, post)

        assert response.status_code == 409
        assert "Wat een *goed* verhaal." in response.content.decode()
        assert not Comment.objects.exists()

    def test_that_strangers_flood_takes_what_members_and_remembered_devices_send(
        self, client, post, monkeypatch
    ):
        monkeypatch.setattr(gates, "PER_PAGE", 5)
        for _ in range(5):
            factories.comment(post, status="unconfirmed", at=timezone.now())
        assert send(client, post).status_code == 429

        remember(client, "noor@example.org")
        assert send(client, post, email="ander@example.org").status_code == 429
        assert send(client, post).status_code == 303

        client.cookies.clear()
        client.force_login(factories.UserFactory())
        assert send(client, post).status_code == 303

    @pytest.mark.parametrize("changes", [{"live": False}, {"comments_mode": "off"}])
    def test_without_a_conversation_is_not_found(self, client, db, changes):
        assert send(client, factories.BlogPageFactory(**changes)).status_code == 404

    def test_of_another_kind_is_not_found(self, client, db):
        assert send(client, factories.StandardPageFactory()).status_code == 404

    def test_behind_a_login_is_not_found_by_a_stranger(self, client, post):
        factories.comment(post)
        post.view_restrictions.create(restriction_type="login")

        assert send(client, post).status_code == 404
        assert client.get(reverse("comments:post", args=[post.pk])).status_code == 404


class TestFindParent:
    def test_of_nothing_is_nothing(self, post):
        assert posting.find_parent(post, None) is None
