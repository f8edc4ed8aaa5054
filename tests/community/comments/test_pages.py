"""What becomes of a conversation when an editor moves, copies, hides or deletes its page."""

import pytest
from django.urls import reverse
from django_comments.models import Comment as PackageComment
from wagtail.actions.copy_for_translation import CopyPageForTranslationAction
from wagtail.actions.copy_page import CopyPageAction
from wagtail.models import Locale

from blog.models import BlogIndexPage
from community.comments import translated
from community.comments.models import Comment
from tests import factories
from tests.html import text_of


@pytest.fixture
def comment(db):
    return factories.comment(text="Blijft dit staan?")


@pytest.fixture
def post(comment):
    return comment.page.specific


@pytest.fixture
def english_post(post, english_home):
    """The same post in English, where nobody wrote yet."""
    copy = CopyPageForTranslationAction(post, english_home.locale, copy_parents=True)
    translation = copy.execute(skip_permission_checks=True)
    translation.save_revision().publish()
    return translation


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

    def test_leads_to_what_was_written_in_the_other_language(self, client, english_post, post):
        html = text_of(client.get(english_post.get_url()))

        assert f'href="{post.get_url()}#reacties" hreflang="nl"' in html
        assert "1 comment in another language: Dutch" in html

    def test_leads_there_no_more_once_someone_wrote_in_the_own_language(
        self, client, english_post, post
    ):
        factories.comment(english_post, language="en")

        assert "in another language" not in client.get(english_post.get_url()).content.decode()

    @pytest.mark.parametrize("hide", ["unpublish", "off", "login"])
    def test_leads_nowhere_that_a_reader_may_not_see(self, client, english_post, post, hide):
        if hide == "unpublish":
            post.unpublish()
        elif hide == "off":
            type(post).objects.filter(pk=post.pk).update(comments_mode="off")
        else:
            post.view_restrictions.create(restriction_type="login")

        assert "in another language" not in client.get(english_post.get_url()).content.decode()

    def test_costs_as_many_queries_for_ten_comments_as_for_one(
        self, english_post, post, count_queries
    ):
        one = count_queries(lambda: translated.of(english_post))
        for _ in range(9):
            factories.comment(post)

        assert count_queries(lambda: translated.of(english_post)) == one == 3
        assert [found.count for found in translated.of(english_post)] == [10]


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
