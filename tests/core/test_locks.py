import threading

import pytest
from django.db import connection, transaction

from core import locks
from tests.races import together

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


class TestWaitFor:
    def test_lets_one_at_a_time_through_whatever_order_they_name_things_in(self):
        inside: list[int] = []
        most: list[int] = []
        orders = iter([["a", "b"], ["b", "a"], ["a", "b"], ["b", "a"]])

        def work() -> None:
            names = next(orders)
            with transaction.atomic():
                locks.wait_for(names)
                inside.append(1)
                most.append(len(inside))
                threading.Event().wait(0.02)
                inside.pop()

        assert together(4, work) == [None] * 4
        assert set(most) == {1}


class TestTake:
    def test_is_refused_while_another_has_it(self):
        if connection.vendor != "postgresql":
            pytest.skip("SQLite lets one transaction at a time write, and asks nobody")
        answers: list[bool] = []

        def ask(name: str) -> None:
            with transaction.atomic():
                answers.append(locks.take(name))
            connection.close()

        with transaction.atomic():
            assert locks.take("a")
            for name in ("a", "b"):
                thread = threading.Thread(target=ask, args=[name])
                thread.start()
                thread.join()
        ask("a")

        assert answers == [False, True, True]
