import pytest
from django.urls import reverse

from community.comments.models import Comment
from tests import factories


@pytest.fixture
def editor(client, db):
    user = factories.UserFactory(is_superuser=True)
    client.force_login(user)
    return user


def ask_to_delete(client, *pages) -> str:
    """Return what Wagtail asks before it deletes ``pages`` at once."""
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    response = client.get(address, {"id": [page.pk for page in pages], "next": "/admin/"})
    assert response.status_code == 200
    return response.content.decode()


class TestDeletingAPage:
    def test_says_first_how_many_comments_go(self, client, editor):
        post = factories.BlogPageFactory()
        for status in ("approved", "pending", "spam"):
            factories.comment(post, status=status)

        asked = client.get(reverse("wagtailadmin_pages:delete", args=[post.pk])).content.decode()

        assert "3 reacties van lezers" in asked

    def test_counts_those_of_the_pages_below(self, client, editor):
        factories.comment(factories.BlogPageFactory())
        index = factories.the_blog_index()

        asked = client.get(reverse("wagtailadmin_pages:delete", args=[index.pk])).content.decode()

        assert "1 reactie van een lezer" in asked


class TestDeletingPagesAtOnce:
    def test_says_first_how_many_comments_go(self, client, editor):
        posts = [factories.BlogPageFactory() for _ in range(3)]
        for post in posts:
            factories.comment(post)

        assert "2 reacties van lezers" in ask_to_delete(client, *posts[:2])
        assert Comment.objects.count() == 3

    def test_counts_each_comment_once(self, client, editor):
        post = factories.BlogPageFactory()
        factories.comment(post)

        assert "1 reactie van een lezer" in ask_to_delete(client, factories.the_blog_index(), post)

    def test_says_nothing_where_nobody_wrote(self, client, editor):
        factories.comment()

        assert "van een lezer" not in ask_to_delete(client, factories.BlogPageFactory())

    def test_deletes_them_after_the_answer(self, client, editor):
        post, other = factories.BlogPageFactory(), factories.comment()
        factories.comment(post)
        address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])

        client.post(f"{address}?id={post.pk}&next=/admin/")

        assert list(Comment.objects.all()) == [other]

    def test_counts_for_many_pages_in_one_query(self, client, editor, count_queries):
        posts = [factories.BlogPageFactory() for _ in range(10)]
        without = count_queries(lambda: ask_to_delete(client, *posts))

        for post in posts:
            factories.comment(post)

        assert count_queries(lambda: ask_to_delete(client, *posts)) <= without
