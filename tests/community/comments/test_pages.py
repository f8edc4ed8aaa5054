"""What becomes of a conversation when an editor moves, copies, hides or deletes its page."""

import pytest
from django.urls import reverse
from django_comments.models import Comment as PackageComment
from wagtail.actions.copy_for_translation import CopyPageForTranslationAction
from wagtail.actions.copy_page import CopyPageAction
from wagtail.models import Locale

from blog.models import BlogIndexPage
from community.comments.models import Comment
from tests import factories


@pytest.fixture
def comment(db):
    return factories.comment(text="Blijft dit staan?")


@pytest.fixture
def post(comment):
    return comment.page.specific


class TestDeleting:
    def test_says_first_how_many_comments_go(self, admin_client, post):
        factories.comment(post)

        question = admin_client.get(reverse("wagtailadmin_pages:delete", args=[post.pk]))
        above = admin_client.get(reverse("wagtailadmin_pages:delete", args=[post.get_parent().pk]))

        for response in (question, above):
            assert "2" in [word for m in response.context["messages"] for word in str(m).split()]

    def test_takes_the_comments_along_and_no_others(self, admin_client, post):
        other = factories.comment()

        admin_client.post(reverse("wagtailadmin_pages:delete", args=[post.pk]))

        assert [c.pk for c in Comment.objects.all()] == [other.pk]
        assert PackageComment.objects.count() == 1

    def test_leaves_links_that_are_not_found(self, client, comment, post):
        post.delete()

        for name in ("permalink", "replies", "appreciate"):
            address = reverse(f"comments:{name}", args=[comment.public_id])
            assert client.get(address).status_code == 404


class TestMoving:
    def test_keeps_the_conversation_and_its_links(self, client, comment, post, home):
        elsewhere = home.add_child(instance=BlogIndexPage(title="Archief", slug="archief"))

        post.move(elsewhere, pos="last-child")

        response = client.get(comment.get_absolute_url())
        assert response.url.startswith("/archief/")
        assert "Blijft dit staan?" in client.get(response.url).content.decode()


class TestCopying:
    def test_starts_with_no_comments(self, post):
        copy = CopyPageAction(post, update_attrs={"slug": "kopie"}).execute(
            skip_permission_checks=True
        )

        assert not Comment.objects.filter(page_id=copy.pk).exists()
        assert Comment.objects.filter(page_id=post.pk).count() == 1


class TestTranslating:
    def test_starts_with_no_comments(self, post):
        english = Locale.objects.get_or_create(language_code="en")[0]

        translation = CopyPageForTranslationAction(post, english, copy_parents=True).execute(
            skip_permission_checks=True
        )

        assert not Comment.objects.filter(page_id=translation.pk).exists()


class TestUnpublishing:
    def test_hides_every_trace_and_publishing_brings_it_back(self, client, comment, post):
        addresses = [
            comment.get_absolute_url(),
            comment.get_absolute_url() + "antwoorden/",
            reverse("comments:post", args=[post.pk]),
            reverse("comments:own", args=[post.pk]),
        ]

        post.unpublish()
        hidden = [client.get(address) for address in addresses]
        post.save_revision().publish()

        assert [response.status_code for response in hidden] == [404] * 4
        assert not any("Blijft dit" in response.content.decode() for response in hidden)
        assert client.get(comment.get_absolute_url()).status_code == 302
