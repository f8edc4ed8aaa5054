import pytest
from django.utils import translation

from tools.templatetags.tool_facts import time_needed


class TestTimeNeeded:
    @pytest.mark.parametrize(
        ("least", "most", "words"),
        [
            (30, 60, "30 minutes to 60 minutes"),
            (60, 480, "60 minutes to 8 hours"),
            (45, 45, "45 minutes"),
            (None, 1, "1 minute"),
            (150, None, "at least 150 minutes"),
            (120, None, "at least 2 hours"),
        ],
    )
    def test_puts_minutes_into_words(self, least, most, words):
        with translation.override("en"):
            assert time_needed(least, most) == words
