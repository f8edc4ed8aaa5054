"""What should have left by mail and has not: the longest wait of the outbox and of the digests."""

from datetime import datetime

from community.digests import lateness
from mail.models import Message

TOO_LATE = lateness.LATE_AFTER


def oldest_due_mail(now: datetime) -> int:
    """Return for how many seconds the oldest due mail has been waiting; 0 when none is."""
    due = Message.objects.due(now).order_by("due_at")
    oldest = due.values_list("due_at", flat=True).first()
    return int((now - oldest).total_seconds()) if oldest else 0


def oldest_due_digest(now: datetime) -> int:
    """Return for how many seconds a digest could have been written; 0 when none is due.

    Beat asks for them every ten minutes: what is much older was missed. Those that an
    editor holds do not wait.
    """
    return int(lateness.longest_wait(now=now).total_seconds())


def is_late(seconds: int) -> bool:
    return seconds > TOO_LATE.total_seconds()
