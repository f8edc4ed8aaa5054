"""The judges that editors steer: their rules, and whom they trust."""

from community.comments import trust
from community.comments.blocking import matching
from community.comments.blocking.candidates import Candidate
from community.comments.models import BlockRule
from community.comments.pipeline.decisions import Decision, Verdict
from community.comments.pipeline.submission import Submission
from community.comments.trust import Rank
from core.models.conversations import ModerationMode

_VERDICTS = {BlockRule.Act.HOLD: Verdict.HOLD, BlockRule.Act.SPAM: Verdict.SPAM}


def block_rules(submission: Submission) -> Decision | None:
    """What matches a rule goes where the rule says, and the rule counts it."""
    candidate = Candidate(
        typed=submission.text,
        name=submission.name,
        email=submission.email,
        network_key=submission.network_key,
        network_rules=submission.network_rules,
    )
    found = matching.matches(candidate, now=submission.now)
    if not found:
        return None
    matching.count(found, now=submission.now)
    first = found[0]
    return Decision(_VERDICTS[BlockRule.Act(first.rule.act)], "block_rules", first.evidence)


def standing(submission: Submission) -> Decision | None:
    """Who was refused here of late is read before appearing, and so is who is new here.

    An editor's trust settles both. Where the section lets everyone in, newcomers need not
    wait.
    """
    writer = trust.standing(submission.writer_key, now=submission.now, besides=submission.changes)
    if writer.rank == Rank.WAITS:
        return Decision(Verdict.HOLD, "always_waits")
    if writer.rank == Rank.REFUSED:
        return Decision(Verdict.HOLD, "history", {"refused": writer.refused})
    is_open = submission.page.conversation_rules.moderation == ModerationMode.NONE
    if writer.rank == Rank.NEW and not is_open:
        return Decision(Verdict.HOLD, "first_timer", {"approved": writer.approved})
    return None
