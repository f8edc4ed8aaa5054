"""Reading the three ways in which an export writes a moment."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from django.utils import timezone

_YEARS = range(1970, 2200)


def moment(*, gmt: str = "", local: str = "", published: str = "") -> datetime | None:
    """Return the first readable one of the three, aware, or ``None``.

    ``gmt`` is UTC, ``local`` is this site's own time zone, and ``published`` is the
    form of mails and feeds. WordPress writes drafts as the year 0.
    """
    return _plain(gmt, UTC) or _plain(local, timezone.get_default_timezone()) or _of_mail(published)


def _plain(text: str, zone) -> datetime | None:  # type: ignore[no-untyped-def]
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return _sensible(found if found.tzinfo else found.replace(tzinfo=zone))


def _of_mail(text: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(text.strip())
    except (TypeError, ValueError, IndexError):
        return None
    return _sensible(found if found.tzinfo else found.replace(tzinfo=UTC))


def _sensible(found: datetime) -> datetime | None:
    return found if found.year in _YEARS else None
