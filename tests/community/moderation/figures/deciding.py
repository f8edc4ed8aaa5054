"""A year in which things were decided."""

import datetime as dt

from community.moderation import figures, log
from community.moderation.models import Reason
from tests import factories

YEAR = 2026
IN_YEAR = dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC)


def count():
    return figures.count(YEAR, now=IN_YEAR)


def decided(editor, status, *, after_minutes=60, reason="", was="pending", at=IN_YEAR):
    came = at - dt.timedelta(minutes=after_minutes)
    comment = factories.comment(status=status, at=came)
    return log.write(
        kind="decided",
        by=editor,
        comment=comment,
        from_status=was,
        to_status=status,
        reason=Reason.objects.filter(code=reason).first(),
        at=at,
    )
