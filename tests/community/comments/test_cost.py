"""What a page with a conversation costs, whole, as a stranger gets it."""

from io import StringIO

import pytest
from django.core.management import call_command

from tests import factories


@pytest.mark.django_db
class TestAPost:
    @pytest.mark.parametrize("shape", ["flat", "thread", "mixed"])
    def test_with_a_thousand_comments_costs_as_many_queries_as_with_ten(
        self, client, count_queries, shape
    ):
        links = factories.LinkFactory.create_batch(3, chain=factories.ChainFactory(), written=True)
        few, many = links[0].post, links[1].post
        for post, comments in ((few, 10), (many, 1000)):
            options = {"comments": comments, "comments_on": post.slug, "shape": shape}
            call_command("fill", stdout=StringIO(), **options)
            client.get(post.get_url())

        cost = {
            post: count_queries(lambda post=post: client.get(post.get_url()))
            for post in (few, many)
        }

        assert cost[few] == cost[many] <= 12

    def test_without_comments_costs_no_more_than_any(self, client, count_queries):
        post = factories.BlogPageFactory()

        assert count_queries(lambda: client.get(post.get_url())) <= 12
