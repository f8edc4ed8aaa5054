"""What happens to a comment before anyone reads it: small phases, in order.

The page is open and this reader may see it → length → parent → repeat → rate →
staff → block rules → links → spam score → history and first-timer → page mode. A
*gate* can turn a comment away; it runs when the comment is sent. A *judge* looks
whether a comment that came through may appear at once; it runs when its writer has
been proven: at once for a member or a remembered device, else at the confirmation.
Each returns nothing or a decision with its evidence. Evidence is for editors: a
writer gets one neutral sentence.
"""

from dataclasses import replace

from community.comments.pipeline.decisions import (
    Closed,
    Decision,
    ParentGone,
    Refused,
    Repeated,
    TooFast,
    Verdict,
)
from community.comments.pipeline.gates import GATES
from community.comments.pipeline.judges import JUDGES
from community.comments.pipeline.submission import Submission

__all__ = [
    "GATES",
    "JUDGES",
    "Closed",
    "Decision",
    "ParentGone",
    "Refused",
    "Repeated",
    "Submission",
    "TooFast",
    "Verdict",
    "admit",
    "judge",
]

# What outweighs what: who needs no editor needs none, and spam is not to be read first.
_WEIGHTS = [Verdict.APPROVE, Verdict.SPAM, Verdict.HOLD]


def admit(submission: Submission) -> None:
    """Let ``submission`` through the gates.

    Raises `Refused` with the phase that turned it away, and `Repeated` for what was
    sent before; then nothing is stored.
    """
    for gate in GATES:
        gate(submission)


def judge(submission: Submission) -> Decision:
    """Return the weightiest of what the judges find; without any, the comment may appear.

    Of findings that weigh the same the first decides. All that was found is in the
    evidence, and after one who approves nobody is asked any more.
    """
    findings: list[Decision] = []
    for phase in JUDGES:
        found = phase(submission)
        if found is not None:
            findings.append(found)
            if found.verdict == Verdict.APPROVE:
                break
    if not findings:
        return Decision(Verdict.APPROVE, "mode")
    decision = min(findings, key=lambda found: _WEIGHTS.index(found.verdict))
    return replace(decision, findings=tuple(findings))
