"""Subscribers from a file of another list, each with the proof of consent."""

import csv
import io
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext as _

from community.subscriptions import offers
from community.subscriptions.models import Agreement, Choice, Subscription
from community.subscriptions.schedules import Schedule
from community.subscriptions.selections import EVERYTHING, Selection
from core.forms import AddressField
from mail import suppression

PROOF = ["consent_text", "consent_page", "requested_at", "confirmed_at"]
NEEDED = ["email", *PROOF]
MOST_ROWS = 5000
CHUNK = 500
EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
VERSION = "import"  # of a text that is not ours, where the file says none
LENGTHS = {"consent_version": 20, "consent_page": 250}


class BadFile(ValueError):
    """A file that is no list of subscribers; the message is for whoever sent it."""


class Refused(ValueError):
    """A row that is not taken over; the message says why."""


@dataclass
class Report:
    """What came of a file: how many rows are good, and of the others the line and the reason."""

    accepted: int = 0
    refused: list[tuple[int, str]] = field(default_factory=list)


@transaction.atomic
def run(content: bytes, *, now: datetime, dry_run: bool) -> Report:
    """Subscribe everyone in ``content`` who consented, all at once, or only count them.

    Nobody is mailed. The first digest comes at the next moment of each one's own, about
    what is new from now on. An address that is known keeps what it has: who stopped
    begins again only by asking for it.

    Raises `BadFile`; nothing is stored then.
    """
    rows = _rows(content)
    known = _known(row["email"] for _line, row in rows)
    report, good = Report(), []
    for line, row in rows:
        try:
            good.append(_agreement(row, known, now=now))
        except Refused as reason:
            report.refused.append((line, str(reason)))
    report.accepted = len(good)
    if not dry_run:
        _store(good, now=now)
    return report


def _rows(content: bytes) -> list[tuple[int, dict[str, str]]]:
    """Return the rows of ``content`` with the lines that they end on."""
    try:
        text = content.decode("utf-8-sig")
        head = text.partition("\n")[0]
        delimiter = ";" if head.count(";") > head.count(",") else ","
        reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, restval="")
        missing = [name for name in NEEDED if name not in (reader.fieldnames or [])]
        if missing:
            raise BadFile(_("These columns are missing: %(names)s") % {"names": ", ".join(missing)})
        rows = [(reader.line_num, _clean(row)) for row in reader]
    except (UnicodeDecodeError, csv.Error) as error:
        raise BadFile(_("This is not a CSV file in UTF-8.")) from error
    if len(rows) > MOST_ROWS:
        raise BadFile(_("Send at most %(most)d rows at a time.") % {"most": MOST_ROWS})
    return rows


def _clean(row: dict) -> dict[str, str]:
    return {str(name): value.strip() for name, value in row.items() if isinstance(value, str)}


def _known(addresses: Iterable[str]) -> set[str]:
    """Return those of ``addresses`` that have a subscription in any state."""
    wanted, known = sorted({_key(address) for address in addresses}), set()
    lowered = Subscription.objects.annotate(lowered=Lower("email")).order_by()
    for start in range(0, len(wanted), CHUNK):
        some = lowered.filter(lowered__in=wanted[start : start + CHUNK])
        known.update(some.values_list("lowered", flat=True))
    return known


def _key(address: str) -> str:
    """Return ``address`` as our constraint compares it."""
    return address.strip().lower()


def _agreement(row: dict[str, str], known: set[str], *, now: datetime) -> Agreement:
    """Return what ``row`` proves, with its subscription; raises `Refused`."""
    email = _address(row, known)
    requested_at, confirmed_at = (_moment(row, name) for name in PROOF[2:])
    if not EARLIEST <= requested_at <= confirmed_at <= now:
        raise Refused(_("The moments of asking and confirming are not in that order, or to come."))
    frequency = _one_of(row, "frequency", Subscription.Frequency.values, "weekly")
    language = _one_of(row, "language", dict(settings.LANGUAGES), settings.LANGUAGE_CODE)
    terms = {
        "frequency": frequency,
        "language": language,
        "requested_at": requested_at,
        **_consent(row),
    }
    subscription = Subscription(
        email=email,
        state=Subscription.State.CONFIRMED,
        confirmed_at=confirmed_at,
        digested_until=now,
        next_digest_at=Schedule(frequency).next_moment(after=now),
        **terms,
    )
    known.add(_key(email))
    return Agreement(
        subscription=subscription,
        choices=_choices(row).pairs(),
        confirmed_at=confirmed_at,
        **terms,
    )


def _address(row: dict[str, str], known: set[str]) -> str:
    try:
        email = AddressField().clean(row["email"])
    except ValidationError as error:
        raise Refused(_("This is no email address.")) from error
    if _key(email) in known:
        raise Refused(_("This address is in the list already, or has stopped."))
    if suppression.is_suppressed(email):
        raise Refused(_("No mail may go to this address."))
    if row.get("state") not in (None, "", Subscription.State.CONFIRMED):
        raise Refused(_("This subscription was not confirmed, or has ended."))
    return email


def _consent(row: dict[str, str]) -> dict[str, str]:
    consent = {name: row[name] for name in PROOF[:2]}
    consent["consent_version"] = row.get("consent_version") or VERSION
    too_long = any(len(consent[name]) > length for name, length in LENGTHS.items())
    if too_long or not all(consent.values()) or "\x00" in "".join(consent.values()):
        raise Refused(_("The proof of consent is not complete."))
    return consent


def _moment(row: dict[str, str], name: str) -> datetime:
    try:
        moment = datetime.fromisoformat(row[name])
        return moment if timezone.is_aware(moment) else timezone.make_aware(moment)
    except (ValueError, OverflowError) as error:
        raise Refused(_("%(name)s is no moment like 2026-11-30T08:00.") % {"name": name}) from error


def _one_of(row: dict[str, str], name: str, values: Collection[str], default: str) -> str:
    value = row.get(name) or default
    if value not in values:
        raise Refused(_("%(name)s is not known.") % {"name": name})
    return value


def _choices(row: dict[str, str]) -> Selection:
    """Return what the row is about; everything, where it does not say."""
    asked = row.get("choices", "").split()
    chosen = offers.known(offers.parse(asked)) if asked else EVERYTHING
    if not chosen.choices:
        raise Refused(_("%(name)s is not known.") % {"name": "choices"})
    return chosen


def _store(good: list[Agreement], *, now: datetime) -> None:
    try:
        with transaction.atomic():
            Subscription.objects.bulk_create([it.subscription for it in good], batch_size=CHUNK)
            Agreement.objects.bulk_create(good, batch_size=CHUNK)
            Choice.objects.bulk_create(
                [
                    Choice(subscription=it.subscription, kind=kind, key=key)
                    for it in good
                    for kind, key in it.choices
                ],
                batch_size=CHUNK,
            )
    except IntegrityError as error:
        raise BadFile(_("Someone in the file subscribed just now. Send it again.")) from error
