import json
from io import BytesIO, StringIO, TextIOWrapper

import pytest
from django.core.management import CommandError, call_command

from tests import spam

pytestmark = pytest.mark.django_db

SPAM = "Gratis geld verdienen? Klik hier: https://snel.example/geld"
GOOD = "Wie beheert de sensoren bij jullie?"


@pytest.fixture
def score(monkeypatch):
    """Send lines to the command; return its answers and its notes."""

    def run(*lines: bytes) -> tuple[list[dict], str]:
        out, err = StringIO(), StringIO()
        monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(b"\n".join(lines))))
        call_command("spam_score", stdout=out, stderr=err)
        return [json.loads(line) for line in out.getvalue().splitlines()], err.getvalue()

    return run


def line(text: str) -> bytes:
    return json.dumps({"text": text}).encode()


class TestSpamScore:
    def test_answers_each_line_with_a_score_and_its_reasons(self, score):
        spam.train()

        (bad, good), notes = score(line(SPAM), line(GOOD))

        assert set(bad) == {"score", "held", "reasons"}
        assert (bad["held"], good["held"]) == (True, False)
        assert 0 <= good["score"] < bad["score"] <= 1
        assert "gratis" in bad["reasons"]
        assert notes == ""

    def test_says_that_nobody_taught_yet(self, score):
        answers, notes = score(line(SPAM))

        assert answers == [{"score": None, "held": False, "reasons": []}]
        assert "train_spam" in notes

    def test_passes_over_empty_lines(self, score):
        assert score(b"", line(GOOD), b"  ")[0] == score(line(GOOD))[0]

    def test_costs_as_many_queries_for_ten_as_for_one(self, score, count_queries):
        spam.train()

        assert count_queries(lambda: score(*[line(SPAM)] * 10)) == count_queries(
            lambda: score(line(SPAM))
        )

    @pytest.mark.parametrize(
        "bad",
        [
            *(b"hallo", b"[]", b'"text"', b"null", b"{}", b'{"text": 3}', b'{"text": null}'),
            *(b'{"text": "\xff"}', b"\x00", b"[" * 100_000, b'{"text": "a"', b"1" * 5_000),
        ],
    )
    def test_tells_which_line_is_wrong(self, score, bad):
        spam.train()

        with pytest.raises(CommandError, match=r"^Line 2 .*\.$"):
            score(line(GOOD), bad)

    @pytest.mark.parametrize("text", ["", "\x00", "\ud800", "\u202e\u2066", "🍕" * 10_000])
    def test_scores_hostile_texts(self, score, text):
        spam.train()

        [answer], _notes = score(line(text))

        assert 0 <= answer["score"] <= 1
