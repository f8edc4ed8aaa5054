"""What Django's ``check`` command looks at besides Django's own list."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.core.checks import Warning as CheckWarning
from django.utils import timezone

RENEW_AHEAD = timedelta(days=30)
LONGEST = timedelta(days=365)  # RFC 9116, section 2.5.5: less than a year is recommended


@register()
def site_is_no_package(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Refuse ``site/__init__.py``: it would hide the standard library's module, or be hidden."""
    if (Path(settings.ROOT_DIR) / "site" / "__init__.py").exists():
        message = "site/ is a folder on the import path, and may not become a package."
        return [Error(message, hint="Remove site/__init__.py.", id="config.E001")]
    return []


@register()
def security_txt_is_fresh(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Warn thirty days before security.txt expires, and when it is to last over a year."""
    return security_txt_messages(settings.SECURITY_TXT_EXPIRES, now=timezone.now())


def security_txt_messages(expires: datetime, *, now: datetime) -> list[CheckMessage]:
    """Return what is wrong with the date on which security.txt expires."""
    hint = "Set SECURITY_TXT_EXPIRES in config/settings/base.py to a day within a year."
    if expires - now < RENEW_AHEAD:
        message = f"security.txt expires on {expires:%F}."
        return [CheckWarning(message, hint=hint, id="config.W001")]
    if expires - now > LONGEST:
        message = f"security.txt expires only on {expires:%F}."
        return [CheckWarning(message, hint=hint, id="config.W002")]
    return []


@register(deploy=True)
def address_is_safe(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Refuse a site whose own links are not encrypted."""
    if not settings.BASE_URL.startswith("https://"):
        return [Error("BASE_URL does not start with https://.", id="config.E002")]
    return []
