import pytest
from django.utils import translation

from core import addresses


class TestHome:
    @pytest.mark.parametrize(("language", "path"), [("nl", "/"), ("en", "/en/")])
    def test_is_in_the_language_of_now(self, english_home, language, path):
        with translation.override(language):
            assert addresses.home() == f"https://estafette.example.org{path}"

    def test_is_in_dutch_where_there_is_no_translation(self, home):
        with translation.override("en"):
            assert addresses.home() == "https://estafette.example.org/"
