"""What was placed in a conversation since its page was made.

A page carries the moment of its newest comment as a key. Scripts send it back;
they need not know what it says.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import Count, Max, QuerySet

from community.comments.models import Comment
from community.comments.pages import MAX_KEY

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_KEY = re.compile(r"[0-9a-f]{1,14}", re.ASCII)


@dataclass(frozen=True)
class News:
    """How many comments are new, and the key of the newest of them.

    ``page_id`` and ``after`` say where they stand and what was there already.
    """

    count: int
    key: str
    page_id: int = 0
    after: datetime = _EPOCH

    def first(self) -> Comment | None:
        """Return the new comment that appeared first; one query."""
        return _new(self.page_id, self.after).order_by("appeared_at", "pk").first()


def key_of(moment: datetime | None) -> str:
    """Return the key of ``moment``, to the microsecond; ``None`` is before all comments."""
    return f"{(moment - _EPOCH) // timedelta(microseconds=1):x}" if moment else "0"


def since(page_id: int, key: str) -> News:
    """Return what appeared on a page after ``key``; one query, and none for an odd key.

    What stood there before and was changed, or taken away and placed again, is not new.
    """
    if page_id >= MAX_KEY or not _KEY.fullmatch(key):
        return News(count=0, key=key)
    moment = _EPOCH + timedelta(microseconds=int(key, 16))
    new = _new(page_id, moment).order_by()
    found = new.aggregate(count=Count("pk"), newest=Max("appeared_at"))
    if not found["count"]:
        return News(count=0, key=key)
    return News(found["count"], key_of(found["newest"]), page_id, moment)


def _new(page_id: int, moment: datetime) -> QuerySet[Comment]:
    return Comment.objects.visible().filter(page_id=page_id, appeared_at__gt=moment)
