from itertools import permutations, product

import pytest

from exchange.wordpress import ordering, reading
from tests import wxr


@pytest.fixture
def order(tmp_path):
    """Return a function that gives the numbers of pages in the order they are brought in."""

    def ordered(parents: dict[str, str]) -> list[str]:
        pages = [
            wxr.item(number, post_type="page", post_parent=parent)
            for number, parent in parents.items()
        ]
        path = tmp_path / "export.xml"
        path.write_text(wxr.document(*pages))
        known = reading.overview(path).pages
        return [item.id for item in ordering.parents_first(reading.items(path), pages=known)]

    return ordered


class TestParentsFirst:
    def test_keeps_the_order_of_the_file_where_it_can(self, order):
        assert order({"3": "0", "1": "3", "2": "99"}) == ["3", "1", "2"]

    @pytest.mark.parametrize("numbers", [*permutations("1234")])
    def test_gives_each_page_after_the_page_above_it(self, order, numbers):
        above = {"1": "0", "2": "1", "3": "2", "4": "1"}

        given = order({number: above[number] for number in numbers})

        assert sorted(given) == ["1", "2", "3", "4"]
        assert given.index("1") < given.index("2") < given.index("3")
        assert given.index("1") < given.index("4")

    def test_gives_every_page_once_whatever_stands_above_it(self, order):
        for parents in product("01234", repeat=4):
            given = order(dict(zip("1234", parents, strict=True)))

            assert sorted(given) == ["1", "2", "3", "4"]

    def test_gives_what_hangs_below_a_circle_after_it(self, order):
        given = order({"1": "2", "2": "3", "3": "2"})

        assert given.index("2") < given.index("1")
