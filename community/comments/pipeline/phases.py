"""The phases themselves, in the order in which they are asked."""

from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from community.comments import pages, text
from community.comments.models import Comment
from community.comments.pipeline.decisions import (
    Closed,
    Decision,
    ParentGone,
    Refused,
    TooFast,
    Verdict,
)
from community.comments.pipeline.submission import Submission
from core.models.conversations import ModerationMode

Status = Comment.Status
MODERATE = "django_comments.can_moderate"

RATE_WINDOW = timedelta(minutes=10)
PER_WRITER, PER_NETWORK, PER_PAGE = 20, 60, 600  # comments in one window
LINKS_WITHOUT_DOUBT = 2
REPEATED_WITHIN = timedelta(days=1)
HISTORY = timedelta(days=90)
TRUSTED_AFTER = 2  # approved comments without a refusal


def open_page(submission: Submission) -> None:
    """Turn away what comes to a page that takes nothing now."""
    if not pages.takes_comments(submission.page):
        raise Closed


def length(submission: Submission) -> None:
    """Turn away what the form would not have let through either."""
    if not 0 < len(submission.text) <= text.MAX_LENGTH:
        raise Refused("length", _("Your comment is empty or too long."))


def parent(submission: Submission) -> None:
    """Turn away an answer to what is not on this page, cannot be read or stands too deep."""
    answered = submission.parent
    if answered is None:
        return
    is_here = answered.page_id == submission.page.pk and answered.status == Status.APPROVED
    if not is_here or answered.level >= settings.COMMENTS_XTD_MAX_THREAD_LEVEL:
        raise ParentGone


def rate(submission: Submission) -> None:
    """Turn away more than people can write; one query."""
    recent = Comment.objects.filter(submit_date__gt=submission.now - RATE_WINDOW)
    same_writer = Q(writer_key=submission.writer_key)
    same_network = Q(network_key=submission.network_key) & ~Q(network_key="")
    limits = {
        "writer": (same_writer, PER_WRITER),
        "network": (same_network, PER_NETWORK),
        "page": (Q(page_id=submission.page.pk), PER_PAGE),
    }
    counts = _counts(recent, {name: which for name, (which, _limit) in limits.items()})
    if any(counts[name] >= limit for name, (_which, limit) in limits.items()):
        raise TooFast


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


def repeat(submission: Submission) -> Decision | None:
    """The same words more than once in a day are read before they appear."""
    since = submission.now - REPEATED_WITHIN
    same = Comment.objects.filter(comment=submission.text, submit_date__gt=since)
    times = _others(same, submission).count()
    return Decision(Verdict.HOLD, "repeat", {"repeats": times}) if times else None


def history(submission: Submission) -> Decision | None:
    """Who was refused here of late is read before appearing."""
    since = submission.now - HISTORY
    bad = Comment.objects.filter(
        writer_key=submission.writer_key,
        status__in=[Status.REJECTED, Status.SPAM, Status.REMOVED],
        submit_date__gt=since,
    )
    times = _others(bad, submission).count()
    return Decision(Verdict.HOLD, "history", {"refused": times}) if times else None


def first_timer(submission: Submission) -> Decision | None:
    """Who is new here is read before appearing, unless the section lets everyone in."""
    if submission.page.conversation_rules.moderation == ModerationMode.NONE:
        return None
    good = Comment.objects.visible().filter(writer_key=submission.writer_key)
    times = _others(good, submission)[:TRUSTED_AFTER].count()
    if times < TRUSTED_AFTER:
        return Decision(Verdict.HOLD, "first_timer", {"approved": times})
    return None


def mode(submission: Submission) -> Decision | None:
    """Where everything waits, this waits."""
    if submission.page.conversation_rules.moderation == ModerationMode.ALL:
        return Decision(Verdict.HOLD, "mode")
    return None


GATES: tuple[Callable[[Submission], None], ...] = (open_page, length, parent, rate)
JUDGES: tuple[Callable[[Submission], Decision | None], ...] = (
    staff,
    trap,
    repeat,
    links,
    history,
    first_timer,
    mode,
)


def _counts(comments: QuerySet, which: dict[str, Q]) -> dict[str, int]:
    return comments.aggregate(**{name: Count("pk", filter=q) for name, q in which.items()})


def _others(comments: QuerySet, submission: Submission) -> QuerySet:
    return comments.exclude(pk=submission.changes.pk) if submission.changes else comments
