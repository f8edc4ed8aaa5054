"""Whether a comment may appear before an editor read it; asked in the order of `JUDGES`.

A judge is short: what there is to know about its subject stands in a module of
that subject, which knows nothing of the pipeline.
"""

from collections.abc import Callable

from community.comments import text
from community.comments.pipeline import known
from community.comments.pipeline.decisions import Decision, Verdict
from community.comments.pipeline.editors import block_rules, standing
from community.comments.pipeline.spam import spam_score
from community.comments.pipeline.submission import Submission
from core.models.conversations import ModerationMode

MODERATE = "django_comments.can_moderate"

LINKS_WITHOUT_DOUBT = 2


def repeat(submission: Submission) -> Decision | None:
    """Words that were sent elsewhere within a day are read before they appear.

    At the same place they do not come this far: `gates.repeat`.
    """
    times = known.known(submission).repeats
    return Decision(Verdict.HOLD, "repeat", {"repeats": times}) if times else None


def staff(submission: Submission) -> Decision | None:
    """What a moderator writes needs no moderator."""
    if submission.user is not None and submission.user.has_perm(MODERATE):  # type: ignore[attr-defined]
        return Decision(Verdict.APPROVE, "staff")
    return None


def trap(submission: Submission) -> Decision | None:
    """People do not see the field that was filled in here."""
    return Decision(Verdict.SPAM, "trap", {"trapped": True}) if submission.is_trapped else None


def links(submission: Submission) -> Decision | None:
    """Comments with many links are read before they appear."""
    found = text.to_html(submission.text).count("<a href=")
    return (
        Decision(Verdict.HOLD, "links", {"links": found}) if found > LINKS_WITHOUT_DOUBT else None
    )


def mode(submission: Submission) -> Decision | None:
    """Where everything waits, this waits."""
    if submission.page.conversation_rules.moderation == ModerationMode.ALL:
        return Decision(Verdict.HOLD, "mode")
    return None


JUDGES: tuple[Callable[[Submission], Decision | None], ...] = (
    repeat,
    staff,
    trap,
    block_rules,
    links,
    spam_score,
    standing,
    mode,
)
