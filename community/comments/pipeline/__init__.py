"""What happens to a comment before anyone reads it: small phases, in order.

A *gate* can turn a comment away; it runs when the comment is sent. A *judge*
decides whether a comment that came through may appear at once; it runs when its
writer has been proven: at once for a member or a remembered device, else at the
confirmation. Each returns nothing or a decision with its evidence. The first
decision counts. Evidence is for editors: a writer gets one neutral sentence.
"""

from community.comments.pipeline.decisions import (
    Closed,
    Decision,
    ParentGone,
    Refused,
    TooFast,
    Verdict,
)
from community.comments.pipeline.phases import GATES, JUDGES
from community.comments.pipeline.submission import Submission

__all__ = [
    "GATES",
    "JUDGES",
    "Closed",
    "Decision",
    "ParentGone",
    "Refused",
    "Submission",
    "TooFast",
    "Verdict",
    "admit",
    "judge",
]


def admit(submission: Submission) -> None:
    """Let ``submission`` through the gates.

    Raises `Refused` with the phase that turned it away; then nothing is stored.
    """
    for gate in GATES:
        gate(submission)


def judge(submission: Submission) -> Decision:
    """Return what the first judge with an opinion decides; without one, it may appear."""
    for phase in JUDGES:
        decision = phase(submission)
        if decision is not None:
            return decision
    return Decision(Verdict.APPROVE, "mode")
