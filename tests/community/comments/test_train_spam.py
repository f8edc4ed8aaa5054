import csv
import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from community.comments.models import SpamModel
from community.comments.spam import scoring
from tests import spam

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "spam.csv"
    with path.open("w", encoding="utf-8", newline="") as opened:
        rows = csv.writer(opened)
        rows.writerow(["video", "text", "is_spam"])
        rows.writerows(["psy", text, int(is_spam)] for text, is_spam in spam.texts())
    return path


def run(path) -> dict:
    out, err = StringIO(), StringIO()
    call_command("train_spam", str(path), stdout=out, stderr=err)
    assert err.getvalue() == ""
    return json.loads(out.getvalue().splitlines()[-1])


class TestTrainSpam:
    def test_makes_a_version_and_says_what_it_learned_from(self, file):
        summary = run(file)

        model = SpamModel.objects.get()
        assert summary["version"] == model.version
        assert (summary["ham"], summary["spam"]) == (25, 25)
        assert summary["threshold"] == pytest.approx(model.threshold, abs=1e-4)
        assert 0 < summary["recall"] <= 1
        assert scoring.score("Bekijk mijn webshop voor korting").held

    def test_twice_makes_another_version_that_judges_alike(self, file):
        first, second = run(file), run(file)

        assert second.pop("version") > first.pop("version")
        assert first == second

    @pytest.mark.parametrize(
        ("content", "why"),
        [
            ("tekst\nHallo\n", "has no column 'text'"),
            ("text,is_spam\nHallo,2\n", "line 2"),
            ("text,is_spam\nHallo,0\n", "both spam and texts that are none"),
            ("text,is_spam\n", "both spam and texts that are none"),
        ],
    )
    def test_tells_what_is_wrong_and_learns_nothing(self, tmp_path, content, why):
        path = tmp_path / "spam.csv"
        path.write_text(content)

        with pytest.raises(CommandError) as told:
            run(path)

        assert why in str(told.value)
        assert "\n" not in str(told.value)
        assert not SpamModel.objects.exists()

    def test_tells_that_there_is_no_such_file(self, tmp_path):
        with pytest.raises(CommandError, match="No such file"):
            run(tmp_path / "nergens.csv")
