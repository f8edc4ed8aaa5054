import pytest
from django.test import RequestFactory
from wagtail.models import PageViewRestriction

from core.finding import by_pk, by_pks, find
from home.models import StandardPage
from tests.factories import BlogPageFactory, StandardPageFactory

pytestmark = [pytest.mark.django_db, pytest.mark.both]


class TestFind:
    def test_finds_a_page_with_its_lineage_in_two_queries(
        self, home, blog_index, django_assert_num_queries
    ):
        post = BlogPageFactory(slug="stokje")
        BlogPageFactory(slug="blog")

        with django_assert_num_queries(2):
            found = find(home, ["blog", "stokje"])

        assert found == post
        assert [page.pk for page in found.lineage[1:]] == [home.pk, blog_index.pk, post.pk]

    @pytest.mark.parametrize(
        "components", [["nergens"], ["stokje"], ["blog", "x", "stokje"], ["", "blog"], ["blog", ""]]
    )
    def test_gives_nothing_for_what_is_not_there(self, home, blog_index, components):
        BlogPageFactory(slug="stokje")

        assert find(home, components) is None

    def test_of_more_levels_than_pages_have_asks_nothing(self, home, django_assert_num_queries):
        with django_assert_num_queries(0):
            assert find(home, ["a"] * 30_000) is None

    def test_a_draft_is_not_served(self, client, blog_index):
        draft = BlogPageFactory(live=False)

        assert client.get(draft.url).status_code == 404


class TestViewRestrictions:
    @pytest.mark.parametrize("which", ["page", "parent"])
    def test_of_a_page_and_of_its_parents_count(self, client, which):
        parent = StandardPageFactory()
        page = StandardPageFactory(parent=parent)
        restricted = {"page": page, "parent": parent}[which]
        PageViewRestriction.objects.create(page=restricted, restriction_type="login")

        assert client.get(page.url).status_code == 302

    def test_are_those_that_wagtail_finds(self, home, blog_index):
        post = BlogPageFactory(slug="stokje")
        PageViewRestriction.objects.create(page=blog_index, restriction_type="login")

        found = find(home, ["blog", "stokje"])

        assert list(found.get_view_restrictions()) == list(post.get_view_restrictions())
        assert found.route(RequestFactory().get("/"), []).page == post


class TestByPk:
    def test_finds_a_page_again_in_two_queries(self, blog_index, django_assert_num_queries):
        post = BlogPageFactory()
        by_pk(post.pk)

        with django_assert_num_queries(2):
            found = by_pk(post.pk)

        assert found == post
        assert found.lineage[-2].pk == blog_index.pk

    def test_finds_a_page_that_was_moved_or_whose_place_another_took(self, home, blog_index):
        parent, other = StandardPageFactory(), StandardPageFactory()
        child = StandardPageFactory(parent=parent)
        by_pk(child.pk)
        child.move(other, pos="last-child")
        usurper = StandardPageFactory(parent=parent)

        assert by_pk(child.pk).lineage[-2].pk == other.pk
        assert by_pk(usurper.pk).lineage[-2].pk == parent.pk

    def test_of_a_page_that_is_gone_is_nothing(self, home):
        page = StandardPageFactory()
        by_pk(page.pk)
        pk = page.pk
        page.delete()

        assert by_pk(pk) is None
        assert by_pk(999_999) is None


class TestByPks:
    def test_finds_pages_of_several_kinds_with_their_lineage(self, home, blog_index):
        post, other = BlogPageFactory(), BlogPageFactory()
        page = StandardPageFactory()

        found = by_pks([post.pk, page.pk, other.pk, 999_999])

        assert found == {post.pk: post, page.pk: page, other.pk: other}
        assert [above.pk for above in found[post.pk].lineage[1:]] == [
            home.pk,
            blog_index.pk,
            post.pk,
        ]
        assert type(found[page.pk]) is StandardPage

    def test_of_ten_pages_costs_as_many_queries_as_of_one(self, blog_index, count_queries):
        posts = [BlogPageFactory().pk for _ in range(10)]

        assert count_queries(lambda: by_pks(posts)) == count_queries(lambda: by_pks(posts[:1])) == 3

    def test_of_nothing_is_nothing(self, home):
        assert by_pks([]) == {}
