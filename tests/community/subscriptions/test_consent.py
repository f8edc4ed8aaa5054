import hashlib

import pytest
from django.utils import translation

from community.subscriptions import consent

pytestmark = pytest.mark.both


class TestTheText:
    def test_has_a_version_of_its_own(self):
        """Whoever changes the English text raises `VERSION` and puts both here."""
        with translation.override("en"):
            text = consent.text()

        known = {"2026-11": "1786325bb296787d"}
        assert known[consent.VERSION] == hashlib.sha256(text.encode()).hexdigest()[:16]
