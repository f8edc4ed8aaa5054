import datetime as dt

import pytest

from tests.factories import BlogPageFactory, ChainFactory, ImageFactory, LinkFactory
from tests.html import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.both]


class TestChains:
    def test_show_every_chain_with_who_wrote_and_whose_turn_it_is(self, client, home):
        chain = ChainFactory(name="Hoe doe jij dat?", question="Welk proces?")
        written = LinkFactory(chain=chain, written=True)
        turn = LinkFactory(chain=chain)

        shown = text_of(client.get("/keten/"))

        assert f'href="{chain.get_absolute_url()}">Hoe doe jij dat?</a>' in shown
        assert f'href="{written.post.url}">{written.author.name}</a>' in shown
        assert "track__stop--turn" in shown
        assert turn.author.name in shown

    def test_say_so_when_there_is_none(self, client, home):
        assert 'class="empty"' in text_of(client.get("/keten/"))

    def test_ten_cost_as_many_queries_as_one(self, client, home, count_queries):
        LinkFactory(written=True)
        once = count_queries(lambda: client.get("/keten/"))
        for _ in range(9):
            LinkFactory(written=True)

        assert count_queries(lambda: client.get("/keten/")) == once


class TestChain:
    def test_shows_each_link_in_its_state(self, client, home):
        chain = ChainFactory(introduction="Negen mensen.", image=ImageFactory())
        written = LinkFactory(chain=chain, written=True)
        LinkFactory(chain=chain, due_date=dt.date(2026, 12, 10))
        LinkFactory(chain=chain)

        shown = text_of(client.get(chain.get_absolute_url()))

        assert f'href="{written.post.url}">{written.post.title}</a>' in shown
        assert shown.count("track__stop--written") == 1
        assert shown.count("track__stop--turn") == 1
        assert shown.count("track__stop--open") == 1
        assert 'datetime="2026-12-10"' in shown
        assert "Negen mensen." in shown

    def test_does_not_name_a_draft(self, client, home):
        link = LinkFactory(post=BlogPageFactory(title="Nog geheim", live=False))

        assert "Nog geheim" not in text_of(client.get(link.chain.get_absolute_url()))

    def test_is_a_page_without_links(self, client, home):
        assert client.get(ChainFactory().get_absolute_url()).status_code == 200

    def test_that_is_not_there_is_not_found(self, client, home):
        assert client.get("/keten/nergens/").status_code == 404

    def test_takes_no_post(self, client, home):
        assert client.post("/keten/").status_code == 405
