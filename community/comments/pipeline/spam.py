"""The judge that has learned what spam looks like."""

from community.comments.pipeline import known
from community.comments.pipeline.decisions import Decision, Verdict
from community.comments.pipeline.submission import Submission
from community.comments.spam import scoring


def spam_score(submission: Submission) -> Decision | None:
    """What looks like spam is spam, with the words that say so.

    Without training there is no opinion.
    """
    version = known.known(submission).spam_filter
    score = scoring.judge(version).score(submission.text) if version else scoring.NO_OPINION
    if not score.held:
        return None
    evidence = {
        "spam_score": score.value,
        "spam_words": list(score.reasons),
        "spam_version": score.version,
    }
    return Decision(Verdict.SPAM, "spam_score", evidence)
