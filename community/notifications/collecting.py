"""Making mails of news: what comes within ``NOTIFICATIONS_WAIT`` is one mail for each reader.

Of several workers one collects at a time. It writes the mails of some readers and
takes their news away in one transaction, so nothing is lost and nothing told twice.
"""

from datetime import datetime
from itertools import groupby
from operator import attrgetter

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from wagtail.models import Page

from community.comments import pages
from community.comments.models import Comment
from community.notifications.letters import Letters
from community.notifications.models import News
from community.notifications.models.news import HELD
from core import locks

READERS = 1000  # in one transaction
ROWS = 3000  # in memory, and in one transaction


def collect_due(*, now: datetime) -> int:
    """Mail every reader whose news has waited long enough; return how many mails.

    A mail has all that its reader is to hear of, also what came just now. What nobody
    can read any more, or this reader may not, is left out; nothing left means no mail.
    What waits for an editor again is told once it is placed again.
    """
    total = 0
    while (mails := _collect_some(now)) is not None:
        total += mails
    return total


@transaction.atomic
def _collect_some(now: datetime) -> int | None:
    """Mail some readers; return how many mails, or ``None`` when there was no news."""
    locks.wait_for(["notifications.collecting"])
    rows = _some_due(now)
    if not rows:
        return None
    told = _still_to_tell(rows)
    letters = Letters({row.comment.root_path for row in told})
    for _reader, some in groupby(told, key=attrgetter("reader")):
        letters.add(list(some))
    mails = letters.send()
    later = {row.pk for row in letters.unwritten}
    if later:
        News.objects.filter(pk__in=later).update(at=now)
    done = {row.pk for row in rows} - later
    is_settled = Q(pk__in={row.pk for row in told}) | ~HELD  # one may be held by now
    News.objects.waiting().filter(is_settled, pk__in=done).delete()
    return mails


def _some_due(now: datetime) -> list[News]:
    """Return all news of some readers who have waited; of one with very much the first part."""
    due = News.objects.due(now - settings.NOTIFICATIONS_WAIT).values_list("reader", flat=True)
    readers = set(due[:READERS])
    theirs = News.objects.waiting().decided().filter(reader__in=readers)
    theirs = theirs.select_related("follow", "user")
    # Locked, so that a reader who stops meanwhile waits for the mail, and then drops it.
    rows = list(theirs.select_for_update(of=("self",)).order_by("reader", "pk")[:ROWS])
    if len(rows) == ROWS and rows[0].reader != rows[-1].reader:
        return [row for row in rows if row.reader != rows[-1].reader]
    return rows


def _still_to_tell(rows: list[News]) -> list[News]:
    """Return those of ``rows`` that can and may be read, by reader, in the order of a mail."""
    comments = Comment.objects.visible().in_bulk({row.comment_id for row in rows})
    shown = {pk: pages.shown(pk) for pk in {comment.page_id for comment in comments.values()}}
    about = [row for row in rows if row.comment_id in comments]
    for row in about:
        row.comment = comments[row.comment_id]
    told = []
    for pk, page in shown.items():
        told += _readable([row for row in about if row.comment.page_id == pk], page)
    for row in told:
        row.comment.page = shown[row.comment.page_id]
    return sorted(told, key=lambda row: (row.reader, row.reason, row.comment.path))


def _readable(rows: list[News], page: Page | None) -> list[News]:
    """Return those of ``rows`` about ``page`` whose reader is there and may read it."""
    restrictions = list(page.get_view_restrictions()) if page else []
    wanted = [row for row in rows if page and row.is_wanted and row.address]
    if not restrictions:
        return wanted
    some = News.objects.filter(pk__in=[row.pk for row in wanted])
    allowed = set(some.that_may_read(restrictions).values_list("pk", flat=True))
    return [row for row in wanted if row.pk in allowed]
