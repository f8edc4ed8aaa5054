import pytest

from core import keys

pytestmark = pytest.mark.once


class TestKey:
    @pytest.mark.parametrize(
        ("name", "expected"),
        [
            ("Gemeente Waterbeek", "7-gemeente-waterbeek"),
            ("Stad & Data", "7-stad-data"),
            ("Coöperatie ’t Veer", "7-cooperatie-t-veer"),
            ("水", "7"),
            ("", "7"),
        ],
    )
    def test_can_be_read(self, name, expected):
        assert keys.key(7, name) == expected


class TestPkOf:
    @pytest.mark.parametrize("text", ["7", "7-", "7-gemeente", "7-een-andere-naam", "007-x"])
    def test_finds_the_key_whatever_the_name(self, text):
        assert keys.pk_of(text) == 7

    @pytest.mark.parametrize(
        "text", ["", "-", "x", "x-7", "-7", "7x", "\u0667", "\u00b2", "\x00", "9" * 19, "1" * 5000]
    )
    def test_of_anything_else_is_nothing(self, text):
        assert keys.pk_of(text) is None
