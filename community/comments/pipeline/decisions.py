"""What a phase of the pipeline can say."""

from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.translation import gettext as _

from community.comments.models import Comment


class Verdict(StrEnum):
    """What becomes of a comment: everyone may read it, an editor reads it first, or spam."""

    APPROVE = "approve"
    HOLD = "hold"
    SPAM = "spam"


@dataclass(frozen=True)
class Decision:
    """A verdict, the phase that gave it, and what editors may see of why.

    ``findings`` is what all phases found, in their order, if this one decided.
    """

    verdict: Verdict
    phase: str
    detail: dict = field(default_factory=dict)
    findings: tuple["Decision", ...] = ()

    @property
    def finding(self) -> dict:
        """What this phase alone has to say."""
        return {"verdict": self.verdict, "phase": self.phase, **self.detail}

    @property
    def evidence(self) -> dict:
        """What is stored with the comment: what decided, and the list of all findings."""
        return {**self.finding, "findings": [found.finding for found in self.findings]}


class Repeated(Exception):
    """The same words by the same writer stand at the same place, with ``status``."""

    def __init__(self, status: Comment.Status) -> None:
        super().__init__(status)
        self.status = status


class Refused(Exception):
    """A gate turned a comment away. ``message`` is for its writer and names no rule."""

    def __init__(self, phase: str, message: str) -> None:
        super().__init__(phase)
        self.phase = phase
        self.message = message


class Closed(Refused):
    """The page takes no comments now."""

    def __init__(self) -> None:
        super().__init__("page", _("This conversation is closed."))


class ParentGone(Refused):
    """The comment that is answered is not on this page, cannot be read, or stands too deep."""

    def __init__(self) -> None:
        super().__init__("parent", _("The comment that you answer cannot be read here any more."))


class TooFast(Refused):
    """Too many comments came from one writer, network or onto one page."""

    def __init__(self) -> None:
        super().__init__("rate", _("Too much is being sent now. Try again in ten minutes."))
