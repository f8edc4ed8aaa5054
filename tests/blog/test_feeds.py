import datetime as dt

import pytest
from defusedxml import ElementTree
from wagtail.models import PageViewRestriction

from blog.feeds import plain
from tests.factories import AuthorFactory, BlogPageFactory, ChainFactory, LinkFactory

ATOM = {"a": "http://www.w3.org/2005/Atom"}


def entries(response) -> list:
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(response.content).findall("a:entry", ATOM)


class TestPostsFeed:
    def test_has_the_newest_posts_with_whole_addresses(self, client, blog_index):
        BlogPageFactory(title="Ouder", date=dt.date(2026, 1, 1))
        post = BlogPageFactory(title="Nieuwer", date=dt.date(2026, 2, 1))

        newest, older = entries(client.get("/blog/feed.atom"))

        assert newest.find("a:title", ATOM).text == "Nieuwer"
        assert older.find("a:title", ATOM).text == "Ouder"
        link = newest.find("a:link", ATOM).get("href")
        assert link == f"https://estafette.example.org{post.url}"
        assert newest.find("a:author/a:name", ATOM).text == post.author.name
        assert newest.find("a:published", ATOM).text == "2026-02-01T00:00:00+01:00"

    @pytest.mark.parametrize("front_page", ["/", "/en/"])
    def test_leads_to_the_front_page_in_its_language(self, client, english_home, front_page):
        feed = ElementTree.fromstring(client.get(f"{front_page}blog/feed.atom").content)

        link = feed.find("a:link[@rel='alternate']", ATOM).get("href")
        assert link == f"https://estafette.example.org{front_page}"

    def test_has_nothing_private(self, client, blog_index):
        BlogPageFactory(live=False)
        private = BlogPageFactory()
        PageViewRestriction.objects.create(page=private, restriction_type="login")

        assert entries(client.get("/blog/feed.atom")) == []

    def test_names_no_address_of_a_person(self, client, blog_index, django_user_model):
        user = django_user_model.objects.create(username="fatima", email="fatima@example.org")
        BlogPageFactory(author=AuthorFactory(user=user))

        assert b"fatima@" not in client.get("/blog/feed.atom").content

    def test_bears_signs_that_xml_does_not_know(self, client, blog_index):
        BlogPageFactory(title="Een\x0bvreemd\x1bteken & <b>", slug="vreemd")

        [entry] = entries(client.get("/blog/feed.atom"))

        assert entry.find("a:title", ATOM).text == "Eenvreemdteken & <b>"

    def test_is_valid_without_posts(self, client, home):
        assert entries(client.get("/blog/feed.atom")) == []

    def test_twenty_posts_cost_as_many_queries_as_one(self, client, blog_index, count_queries):
        BlogPageFactory()
        once = count_queries(lambda: client.get("/blog/feed.atom"))
        for _ in range(9):
            BlogPageFactory()

        assert count_queries(lambda: client.get("/blog/feed.atom")) == once

    def test_sets_no_cookie(self, client, blog_index):
        assert not client.get("/blog/feed.atom").cookies


class TestChainFeed:
    def test_has_the_posts_of_one_chain(self, client, blog_index):
        chain = ChainFactory()
        link = LinkFactory(chain=chain, written=True)
        LinkFactory(chain=chain)
        BlogPageFactory()

        [entry] = entries(client.get(f"{chain.get_absolute_url()}feed.atom"))

        assert entry.find("a:title", ATOM).text == link.post.title

    def test_of_no_chain_is_not_found(self, client, home):
        assert client.get("/keten/nergens/feed.atom").status_code == 404


class TestPlain:
    @pytest.mark.parametrize(
        ("text", "kept"), [("gewoon", "gewoon"), ("a\x00b\x0bc", "abc"), ("a\nb\tc", "a\nb\tc")]
    )
    def test_drops_what_xml_has_no_place_for(self, text, kept):
        assert plain(text) == kept
