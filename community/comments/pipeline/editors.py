"""The judges that editors steer: their rules, and whom they trust."""

from community.comments.blocking import matching
from community.comments.blocking.candidates import Candidate
from community.comments.models import BlockRule
from community.comments.pipeline import known
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
        network_rules=network_rules(submission),
    )
    version = known.known(submission).rules
    found = matching.matches(candidate, now=submission.now, version=version)
    if not found:
        return None
    matching.count(found, now=submission.now)
    first = found[0]
    return Decision(_VERDICTS[BlockRule.Act(first.rule.act)], "block_rules", first.evidence)


def network_rules(submission: Submission) -> tuple[int, ...]:
    """Return the keys of the rules about networks that hold for the sender.

    Later than at the moment of sending, what was found then is all that can be known.
    """
    if not submission.client_address:
        return submission.network_rules
    version = known.sent(submission).rules
    address, key = submission.client_address, submission.network_key
    return tuple(matching.networks_matching(address, key, now=submission.now, version=version))


def standing(submission: Submission) -> Decision | None:
    """Who was refused here of late is read before appearing, and so is who is new here.

    An editor's trust settles both. Where the section lets everyone in, newcomers need not
    wait.
    """
    writer = known.known(submission).writer
    if writer.rank == Rank.WAITS:
        return Decision(Verdict.HOLD, "always_waits")
    if writer.rank == Rank.REFUSED:
        return Decision(Verdict.HOLD, "history", {"refused": writer.refused})
    is_open = submission.page.conversation_rules.moderation == ModerationMode.NONE
    if writer.rank == Rank.NEW and not is_open:
        return Decision(Verdict.HOLD, "first_timer", {"approved": writer.approved})
    return None
