"""What came of mails that were to be sent."""

from dataclasses import dataclass

from mail.models import Message

State = Message.State


@dataclass
class Result:
    """What came of a batch, by state. ``away``: the mail server did not answer."""

    found: int = 0
    sent: int = 0
    deferred: int = 0
    failed: int = 0
    suppressed: int = 0
    away: bool = False

    def count(self, outcome: State | None) -> None:
        """Add one message that ended in ``outcome``; ``None`` was not ours to send."""
        if outcome is not None:
            setattr(self, outcome, getattr(self, outcome) + 1)

    def include(self, other: "Result") -> None:
        """Add what came of another batch."""
        self.found += other.found
        self.sent += other.sent
        self.deferred += other.deferred
        self.failed += other.failed
        self.suppressed += other.suppressed
        self.away = self.away or other.away
