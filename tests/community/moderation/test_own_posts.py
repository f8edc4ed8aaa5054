import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from community.comments.models import Comment
from community.comments.pipeline import Refused
from community.moderation import decisions, own_posts, queue
from community.moderation.models import Act
from home import roles
from home.setup import ensure_site
from mail.models import Message
from tests import factories
from tests.html import text_of

Status = Comment.Status
LIST = "/admin/reacties/mijn-berichten/"


@pytest.fixture
def author(db):
    user = factories.UserFactory(first_name="Aukje")
    user.groups.add(roles._group(roles.AUTHORS, [roles.ADMIN]))
    factories.AuthorFactory(user=user, name="Aukje")
    return user


@pytest.fixture
def post(author):
    return factories.BlogPageFactory(author=author.author, title="Mijn bericht")


@pytest.fixture
def writer(client, author):
    client.force_login(author)
    return client


def send(client, about, name, **data):
    address = reverse(f"moderation:own_posts_{name}", args=[about.public_id])
    return client.post(address, data, follow=True)


class TestTheList:
    def test_stands_at_its_address(self):
        assert reverse("moderation:own_posts") == LIST

    def test_says_when_nobody_commented(self, writer):
        assert "Nog niemand heeft op een bericht van jou gereageerd." in text_of(writer.get(LIST))

    def test_shows_what_stands_and_what_waits_on_own_posts_alone(self, writer, post):
        factories.comment(post, text="Dit staat er")
        factories.comment(post, status="pending", text="Dit wacht nog")
        for status in ("unconfirmed", "rejected", "spam", "removed", "deleted_by_author"):
            factories.comment(post, status=status, text=f"Verborgen {status}")
        factories.comment(text="Bij een ander bericht")

        page = text_of(writer.get(LIST))

        assert "Dit staat er" in page
        assert "Dit wacht nog" in page
        assert "Verborgen" not in page
        assert "Bij een ander bericht" not in page

    def test_shows_no_address_no_evidence_and_no_history(self, writer, post):
        factories.comment(
            post,
            status="pending",
            email="geheim@example.org",
            evidence={"phase": "links", "links": 7},
            network_key="netwerk1",
        )

        page = text_of(writer.get(LIST))

        assert "geheim@example.org" not in page
        assert "7 links" not in page
        assert "netwerk1" not in page

    def test_hides_the_text_of_a_parent_that_is_gone(self, writer, post):
        parent = factories.comment(post, text="Wat weg is")
        factories.comment(post, parent=parent, text="Een antwoord")
        Comment.objects.filter(pk=parent.pk).update(status="removed")

        page = text_of(writer.get(LIST))

        assert "Een antwoord" in page
        assert "Wat weg is" not in page

    def test_of_ten_costs_as_many_queries_as_of_one(
        self, writer, author, django_assert_num_queries
    ):
        def one_more():
            post = factories.BlogPageFactory(author=author.author)
            parent = factories.comment(post)
            factories.comment(post, parent=parent)

        one_more()
        writer.get(LIST)
        with CaptureQueriesContext(connection) as one:
            writer.get(LIST)
        for _ in range(9):
            one_more()

        with django_assert_num_queries(len(one)):
            writer.get(LIST)

    @pytest.mark.parametrize("number", ["0", "-1", "999", "x", "\x00", "\u0661"])
    def test_answers_any_page(self, writer, post, number):
        factories.comment(post)

        assert writer.get(LIST, {"p": number}).status_code == 200

    def test_is_for_authors(self, client, db):
        user = factories.UserFactory(moderator=True)
        client.force_login(user)

        assert client.get(LIST).status_code in {302, 403}


class TestAnswer:
    def test_stands_at_once_and_is_marked(self, writer, post, client):
        ensure_site()
        comment = factories.comment(post)

        response = send(writer, comment, "answer", comment="Dank je wel!")

        answer = Comment.objects.get(comment="Dank je wel!")
        assert answer.status == Status.APPROVED
        assert answer.parent_path == comment.path
        assert "Je antwoord is geplaatst" in text_of(response)
        client.logout()
        shown = text_of(client.get(post.get_url()))
        assert "Dank je wel!" in shown
        assert "schreef dit bericht" in shown

    @pytest.mark.parametrize("words", ["", " ", "x" * 3001, "\x00"])
    def test_of_nothing_or_too_much_gives_the_words_back(self, writer, post, words):
        comment = factories.comment(post)

        response = send(writer, comment, "answer", comment=words)

        assert response.status_code == 422
        assert words.strip("\x00 ") in response.content.decode()
        assert Comment.objects.count() == 1

    def test_to_what_is_gone_meanwhile_gives_the_words_back(self, writer, post):
        comment = factories.comment(post, status="pending")

        response = send(writer, comment, "answer", comment="Dank je wel!")

        assert response.status_code == 409
        assert Comment.objects.count() == 1

    def test_where_conversations_are_closed_is_refused(self, author, post):
        comment = factories.comment(post)
        post.comments_mode = "closed"
        post.save()

        with pytest.raises(Refused):
            own_posts.answer(comment, by=author, text="Dank", now=timezone.now())

    def test_to_a_comment_elsewhere_is_not_there(self, writer, post):
        other = factories.comment()

        assert send(writer, other, "answer", comment="Hoi").status_code == 404
        with pytest.raises(PermissionDenied):
            own_posts.require_own(other, factories.UserFactory())

    def test_twice_is_one_answer(self, writer, post):
        comment = factories.comment(post)

        for _ in range(2):
            send(writer, comment, "answer", comment="Dank je wel!")

        assert Comment.objects.filter(comment="Dank je wel!").count() == 1


class TestHold:
    def hold(self, client, comment, **data):
        fields = {"note": "Dit is niet waar", "version": queue.version(comment)}
        return send(client, comment, "hold", **{**fields, **data})

    def test_hides_it_logs_it_and_tells_the_writer(self, writer, post, author):
        comment = factories.comment(post, email="noor@example.org")

        self.hold(writer, comment)

        assert Comment.objects.get().status == Status.PENDING
        act = Act.objects.get()
        assert (act.kind, act.moderator, act.note) == ("held", author, "Dit is niet waar")
        assert act.initiative == "author"
        message = Message.objects.get()
        assert (message.to, message.kind) == ("noor@example.org", "notifications.held")
        assert "Dit is niet waar" not in message.text

    def test_asks_why(self, writer, post):
        comment = factories.comment(post)

        assert self.hold(writer, comment, note="").status_code == 422
        assert Comment.objects.get().status == Status.APPROVED

    def test_of_what_was_changed_meanwhile_gives_the_words_back(self, writer, post):
        comment = factories.comment(post)
        Comment.objects.filter(pk=comment.pk).update(edited_at=timezone.now())

        response = self.hold(writer, comment)

        assert response.status_code == 409
        assert "Dit is niet waar" in response.content.decode()
        assert Comment.objects.get().status == Status.APPROVED

    def test_of_what_waits_already_changes_nothing(self, writer, post):
        comment = factories.comment(post, status="pending")

        self.hold(writer, comment)

        assert not Act.objects.exists()

    def test_by_someone_else_is_denied(self, post):
        comment = factories.comment(post)

        with pytest.raises(PermissionDenied):
            own_posts.hold(comment, by=factories.UserFactory(), note="x", now=timezone.now())

    def test_is_decided_by_an_editor(self, author, post):
        comment = factories.comment(post)
        own_posts.hold(comment, by=author, note="x", now=timezone.now())

        with pytest.raises(PermissionDenied):
            decisions.approve(comment, by=author)
        decisions.approve(comment, by=factories.UserFactory(moderator=True))

        assert Comment.objects.get().status == Status.APPROVED


class TestByGet:
    @pytest.mark.parametrize("name", ["answer", "hold"])
    def test_nothing_changes(self, writer, post, name):
        comment = factories.comment(post)
        address = reverse(f"moderation:own_posts_{name}", args=[comment.public_id])

        assert writer.get(address, {"comment": "x", "note": "x"}).status_code == 405
        assert not Act.objects.exists()
        assert Comment.objects.count() == 1
