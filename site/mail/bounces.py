"""What follows from a mail that came back, or that its reader complained about.

Anyone can write such a report. So it is believed only when it names a mail of ours
by the key in its Message-ID, which none but its reader and the servers on the way
have seen; and it then counts for the address to which that mail went, whatever
other address it talks of. At worst somebody stops their own mail.
"""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models.functions import TruncDate

from mail import replies, reports, suppression
from mail.models import Bounce, Message, Suppression
from mail.reports import Report

logger = logging.getLogger(__name__)

Kind = Bounce.Kind
# A mailbox that is full, or a server that is out of order, may take the next mail.
# When three days out of six weeks brought failures, a weekly digest has failed thrice.
FAILED_ON = 3  # different days
FAILED_WITHIN = timedelta(days=42)


@dataclass(frozen=True)
class Outcome:
    """What a report was, and whether its address gets no mail now."""

    kind: str
    suppressed: bool


def receive(raw: bytes, *, now: datetime) -> Outcome:
    """Read one report and do what follows from it; the same one twice changes no more.

    Raises `reports.Unreadable`.
    """
    report = reports.read(raw)
    if report.kind == Kind.OTHER:
        return Outcome(kind=report.kind, suppressed=False)
    message = _ours(report)
    if message is None:
        logger.warning("A report of kind %s names no mail of ours; not believed", report.kind)
        return Outcome(kind=report.kind, suppressed=False)
    if report.is_final:
        note(message, report.kind, status=report.status, now=now)
    return Outcome(kind=report.kind, suppressed=suppression.is_suppressed(message.to))


def note_refusal(message: Message, code: int, words: str, *, now: datetime) -> None:
    """Take the mail server's own final answer about the recipient of ``message`` for a report."""
    status = replies.status(words) or str(code)
    kind = Kind.HARD if replies.says_gone(status, words) else Kind.SOFT
    note(message, kind, status=status, now=now)


@transaction.atomic
def note(message: Message, kind: Kind, *, status: str, now: datetime) -> None:
    """Write down that ``message`` failed, and suppress its address if it is time to.

    After a complaint and after "no such mailbox" that is at once.
    """
    Bounce.objects.create(message=message, kind=kind, status=status[:12], created_at=now)
    reason = {Kind.HARD: Suppression.Reason.BOUNCE, Kind.COMPLAINT: Suppression.Reason.COMPLAINT}
    if kind == Kind.COMPLAINT:
        logger.warning("Message %s of kind %s brought a complaint", message.key, message.kind)
    if kind in reason:
        suppression.suppress(message.to, reason[kind])
    elif _keeps_failing(message.to, now=now):
        suppression.suppress(message.to, Suppression.Reason.UNREACHABLE)


def _keeps_failing(address: str, *, now: datetime) -> bool:
    recent = Bounce.objects.filter(
        message__in=Message.objects.to_address(address).values("pk"),
        kind=Kind.SOFT,
        created_at__gt=now - FAILED_WITHIN,
    )
    days = recent.order_by().annotate(day=TruncDate("created_at")).values("day").distinct()
    return len(days[:FAILED_ON]) == FAILED_ON


def _ours(report: Report) -> Message | None:
    """Return the mail that the report names, if it is one that we tried to send."""
    tried = Message.objects.filter(attempts__gt=0)
    found = {message.key: message for message in tried.filter(key__in=report.keys)}
    return next((found[key] for key in report.keys if key in found), None)
