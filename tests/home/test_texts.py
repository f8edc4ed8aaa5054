"""The texts that a public site owes promise what the code does, in both languages."""

from pathlib import Path

import pytest
from django.conf import settings

from community.comments import devices, housekeeping
from community.members.housekeeping import UNPROVEN_KEPT_FOR
from community.subscriptions.subscriptions import CONFIRMATION_VALID_FOR
from home import manuscripts

TEXTS = settings.ROOT_DIR / "site" / "home" / "texts"
IN_WORDS = {"nl": {2: "twee", 7: "zeven"}, "en": {2: "two", 7: "seven"}}


def words_of(language: str, name: str) -> str:
    path = Path(TEXTS, language, f"{name}.md")
    text = manuscripts.read(path, contact="redactie@example.org", site="Estafette")
    return " ".join(part for _, title, part in text.blocks for part in (title, part))


@pytest.fixture(params=["nl", "en"])
def language(request) -> str:
    return request.param


class TestPrivacy:
    def test_names_every_cookie_of_a_remembered_device(self, language):
        privacy = words_of(language, "privacy")

        for cookie in (devices.COOKIE, devices.MARKER):
            assert f"“{cookie}”" in privacy

    def test_says_how_long_things_are_kept(self, language):
        privacy, numbers = words_of(language, "privacy"), IN_WORDS[language]

        unit = {"nl": "dagen", "en": "days"}[language]
        assert f"{housekeeping.UNCONFIRMED_KEPT_FOR.days} {unit}" in privacy
        assert f"{numbers[housekeeping.NETWORKS_KEPT_FOR.days]} {unit}" in privacy.lower()
        assert f"{numbers[CONFIRMATION_VALID_FOR.days]} {unit}" in privacy
        assert f"{numbers[UNPROVEN_KEPT_FOR.days]} {unit}" in privacy
        assert f"30 {unit}" in privacy


class TestHouseRules:
    def test_ask_nobody_to_answer_a_mail(self, language):
        rules = words_of(language, "huisregels")

        # Only who still disagrees after the objection is asked to write.
        objecting = rules.index({"nl": "bezwaar", "en": "object"}[language])
        assert objecting < rules.index("redactie@example.org")
