import pytest

from blog import chains
from tests.factories import BlogPageFactory, ChainFactory, LinkFactory

pytestmark = pytest.mark.django_db


class TestPlaces:
    def test_come_in_order_with_their_neighbours(self):
        chain = ChainFactory()
        second = LinkFactory(chain=chain, sort_order=2)
        first = LinkFactory(chain=chain, sort_order=1)
        LinkFactory()  # of another chain

        one, two = chains.places(chain)

        assert (one.link, one.number, one.count, one.previous, one.following) == (
            first,
            1,
            2,
            None,
            second,
        )
        assert (two.link, two.number, two.previous, two.following) == (second, 2, first, None)

    def test_cost_one_query_however_many(self, django_assert_num_queries):
        chain = ChainFactory()
        for _ in range(4):
            LinkFactory(chain=chain, written=True)

        with django_assert_num_queries(1):
            names = [place.link.author.organisation.name for place in chains.places(chain)]

        assert len(names) == 4


class TestPlaceOf:
    def test_finds_the_place_that_a_post_fills(self, django_assert_num_queries):
        chain = ChainFactory()
        LinkFactory(chain=chain, written=True)
        link = LinkFactory(chain=chain, written=True)

        with django_assert_num_queries(1):
            place = chains.place_of(link.post)

        assert (place.link, place.number, place.count) == (link, 2, 2)

    def test_gives_nothing_for_a_post_on_its_own(self):
        assert chains.place_of(BlogPageFactory()) is None


class TestTurn:
    def test_is_the_first_link_that_readers_cannot_read(self):
        chain = ChainFactory()
        LinkFactory(chain=chain, written=True)
        draft = LinkFactory(chain=chain, post=BlogPageFactory(live=False))
        LinkFactory(chain=chain)

        assert chains.turn(chains.places(chain)).link == draft

    def test_is_nobodys_when_the_chain_is_complete(self):
        link = LinkFactory(written=True)

        assert chains.turn(chains.places(link.chain)) is None

    def test_is_nobodys_in_an_empty_chain(self):
        assert chains.turn(chains.places(ChainFactory())) is None


class TestOverview:
    def test_gives_every_chain_with_its_own_places_in_two_queries(self, django_assert_num_queries):
        old, new = LinkFactory().chain, ChainFactory()
        LinkFactory(chain=old)

        with django_assert_num_queries(2):
            found = chains.overview()

        assert [(chain, len(places)) for chain, places in found] == [(new, 0), (old, 2)]
