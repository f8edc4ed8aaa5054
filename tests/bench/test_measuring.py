import json

import pytest
from django.db import connection, transaction

from tests.bench import measures, measuring
from tests.bench.measuring import Measure


class TestMeasure:
    def test_is_a_line_with_a_value_and_its_ratio_to_the_bound(self):
        measure = Measure("page.post_queries", "queries", 12, lambda: 9)

        assert json.loads(json.dumps(measure.result())) == {
            "name": "page.post_queries",
            "value": 9,
            "unit": "queries",
            "against": 12,
            "ratio": 0.75,
        }


class TestAll:
    def test_have_names_of_their_own(self):
        assert len(set(measures.names())) == len(measures.ALL)

    @pytest.mark.parametrize(
        "name",
        [
            *("page.post_queries", "page.post_cpu_ms", "page.home_queries", "page.index_queries"),
            *("page.tools_queries", "comments.queries", "comments.cpu_ms.flat_10000"),
            *("spam.f1_5fold", "spam.recall_at_fpr2"),
            *("comments.cpu_ms.thread_10000", "comments.kib_10000", "comments.vs_package_tree"),
            *("comments.post_queries", "comments.post_cpu_ms", "comments.race_lost.sqlite"),
            "comments.race_lost.postgresql",
        ],
    )
    def test_hold_what_was_agreed(self, name):
        assert name in measures.names()


class TestQueries:
    def test_leaves_out_the_opening_and_closing_of_transactions(self, db):
        def work():
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SELECT 1")

        assert measuring.queries(work) == 1
