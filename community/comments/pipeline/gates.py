"""Who and what may come in at all; asked when a comment is sent, in the order of `GATES`."""

from collections.abc import Callable

from django.conf import settings
from django.utils.translation import gettext as _

from community.comments import pages, text
from community.comments.models import Comment
from community.comments.pipeline import known
from community.comments.pipeline.decisions import Closed, ParentGone, Refused, Repeated, TooFast
from community.comments.pipeline.submission import Submission

Status = Comment.Status

# Comments in `known.WINDOW`; of the networks around one see `core.networks`.
PER_WRITER, PER_NETWORK, PER_AROUND = 20, 60, 240
PER_PAGE, MOST_PER_PAGE = 600, 3000


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
    status = known.sent(submission).status
    if status is not None:
        raise Repeated(status)


def rate(submission: Submission) -> None:
    """Turn away more than people can write.

    What strangers send to a page keeps nobody out of it whom we know. Where it is too
    much for ordinary people, a stranger still comes in from where none has written of
    late, so that it takes thousands of networks to keep all strangers out.
    """
    sent = known.sent(submission)
    limits = [(sent.by_writer, PER_WRITER), (sent.from_network, PER_NETWORK)]
    if not submission.is_proven:
        is_first = submission.network_key and not sent.from_around
        per_page = MOST_PER_PAGE if is_first else PER_PAGE
        limits += [(sent.from_around, PER_AROUND), (sent.on_page, per_page)]
    if any(count >= limit for count, limit in limits):
        raise TooFast


GATES: tuple[Callable[[Submission], None], ...] = (open_page, length, parent, repeat, rate)
