import pytest

from community.comments.models import Comment
from community.comments.orders import Order
from community.comments.reading import THREADS_PER_PAGE, Conversation
from tests import factories


@pytest.fixture
def conversation(db):
    """A page with 120 threads, appreciated 0 to 9 times."""
    page = factories.BlogPageFactory()
    for number in range(120):
        comment = factories.comment(page)
        Comment.objects.filter(pk=comment.pk).update(appreciation=number % 10)
    return page


def walk(page, order) -> list:
    """Follow the link to the next page until there is none; return all threads that were seen."""
    seen, number, key = [], 1, ""
    while number:
        found = Conversation(page, order).threads(number, key)
        seen += found.threads
        number, key = found.next_number, found.next_key
    return seen


class TestOrder:
    @pytest.mark.parametrize("order", Order)
    def test_shows_each_thread_once_over_all_pages(self, conversation, order):
        seen = [thread.path for thread in walk(conversation, order)]

        assert len(seen) == len(set(seen)) == 120

    def test_newest_is_oldest_turned_round(self, conversation):
        oldest = [thread.path for thread in walk(conversation, Order.OLDEST)]

        assert [thread.path for thread in walk(conversation, Order.NEWEST)] == oldest[::-1]

    def test_most_appreciated_comes_down(self, conversation):
        counts = [thread.appreciation for thread in walk(conversation, Order.APPRECIATED)]

        assert counts == sorted(counts, reverse=True)

    def test_is_not_shifted_by_what_is_placed_meanwhile(self, conversation):
        first = Conversation(conversation, Order.NEWEST).threads(1)
        for _ in range(5):
            factories.comment(conversation)

        second = Conversation(conversation, Order.NEWEST).threads(2, first.next_key)

        assert not {t.path for t in first.threads} & {t.path for t in second.threads}
        assert len(second.threads) == THREADS_PER_PAGE

    @pytest.mark.parametrize(
        "name", [None, "", "onbekend", "\x00", "\u0661", "a" * 10_000, "path; drop table"]
    )
    def test_of_an_unknown_name_is_oldest_first(self, name):
        assert Order.named(name) == Order.OLDEST

    @pytest.mark.parametrize(
        "key", ["", "x", "1", "1.", ".1", "1.\x00", "-1.a", "\u0661.a", "9" * 99]
    )
    def test_by_an_odd_key_gives_the_page_of_the_number(self, conversation, key):
        for order in Order:
            assert len(Conversation(conversation, order).threads(3, key).threads) == 20
