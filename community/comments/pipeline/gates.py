"""Who and what may come in at all; asked when a comment is sent, in the order of `GATES`."""

from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.db.models import Count, Q
from django.utils.translation import gettext as _

from community.comments import pages, text
from community.comments.models import Comment
from community.comments.models.comments import PROVEN
from community.comments.pipeline.decisions import Closed, ParentGone, Refused, Repeated, TooFast
from community.comments.pipeline.submission import Submission

Status = Comment.Status

RATE_WINDOW = timedelta(minutes=10)
PER_WRITER, PER_NETWORK, PER_PAGE = 20, 60, 600  # comments in one window


def open_page(submission: Submission) -> None:
    """Turn away what comes to a page that takes nothing now, or that its writer may not see."""
    if not submission.sees_page or not pages.takes_comments(submission.page):
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


def repeat(submission: Submission) -> None:
    """Stop a double click before anything counts it: these words stand here already."""
    stored = Comment.objects.filter(submission_key=submission.key).order_by()
    status = stored.values_list("status", flat=True).first()
    if status is not None:
        raise Repeated(Status(status))


def rate(submission: Submission) -> None:
    """Turn away more than people can write; one query."""
    since = submission.now - RATE_WINDOW
    limits = {
        "writer": (_by(submission), PER_WRITER),
        "network": (Q(network_key=submission.network_key) & ~Q(network_key=""), PER_NETWORK),
        "page": (Q(page_id=submission.page.pk), PER_PAGE),
    }
    counts = Comment.objects.filter(submit_date__gt=since).aggregate(
        **{name: Count("pk", filter=which) for name, (which, _limit) in limits.items()}
    )
    if any(counts[name] >= limit for name, (_which, limit) in limits.items()):
        raise TooFast


GATES: tuple[Callable[[Submission], None], ...] = (open_page, length, parent, repeat, rate)


def _by(submission: Submission) -> Q:
    """What its writer sent, as far as we can know.

    Under an address that nobody has proven counts only what came from the same
    network: else anyone could keep its owner from writing.
    """
    is_own = PROVEN | Q(network_key=submission.network_key)
    return Q(writer_key=submission.writer_key) & is_own
