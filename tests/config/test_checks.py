from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.checks import run_checks
from django.utils import timezone

from config import checks

NOW = datetime(2027, 1, 1, tzinfo=UTC)


class TestSite:
    def test_is_no_package(self):
        assert not (Path(django_settings.ROOT_DIR) / "site" / "__init__.py").exists()
        assert checks.site_is_no_package(None) == []

    def test_is_refused_as_a_package(self, settings, tmp_path):
        settings.ROOT_DIR = tmp_path
        (tmp_path / "site").mkdir()
        (tmp_path / "site" / "__init__.py").touch()

        [error] = checks.site_is_no_package(None)

        assert error.id == "config.E001"


class TestSecurityTxt:
    @pytest.mark.parametrize(
        ("days", "ids"),
        [
            (-1, ["config.W001"]),
            (29, ["config.W001"]),
            (30, []),
            (365, []),
            (366, ["config.W002"]),
        ],
    )
    def test_is_renewed_in_time(self, days, ids):
        messages = checks.security_txt_messages(NOW + timedelta(days=days), now=NOW)

        assert [message.id for message in messages] == ids

    @pytest.mark.parametrize(("days", "is_told"), [(29, True), (31, False)])
    def test_that_is_to_be_renewed_is_told_by_every_check(self, settings, days, is_told):
        settings.SECURITY_TXT_EXPIRES = timezone.now() + timedelta(days=days)

        told = {message.id for message in run_checks(app_configs=[])}

        assert ("config.W001" in told) is is_told


class TestAddress:
    @pytest.mark.parametrize(
        ("address", "ids"),
        [("https://estafette.example.org", []), ("http://estafette.example.org", ["config.E002"])],
    )
    def test_is_encrypted_in_production(self, settings, address, ids):
        settings.BASE_URL = address

        assert [message.id for message in checks.address_is_safe(None)] == ids
