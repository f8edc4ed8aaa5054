"""What is new in a period, and what was before it."""

import datetime as dt

from wagtail.models import PageViewRestriction

from community.digests import contents
from tests.factories import BlogPageFactory, ToolPageFactory, ToolUseFactory

UNTIL = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)


SINCE = UNTIL - dt.timedelta(days=7)


IN = SINCE + dt.timedelta(days=1)


BEFORE = SINCE - dt.timedelta(days=30)


def post(at=IN, **kwargs):
    page = BlogPageFactory(**kwargs)
    page.first_published_at = at
    page.save(update_fields=["first_published_at"])
    return page


def old_post(**kwargs):
    return post(at=BEFORE, **kwargs)


def old_tool(**kwargs):
    return ToolPageFactory(first_published_at=BEFORE, **kwargs)


def use(at=IN, tool=None, **kwargs):
    if not kwargs.get("waiting"):
        kwargs |= {"verified_at": at}
    return ToolUseFactory(tool=tool or old_tool(), **kwargs)


def between(language="nl", **kwargs):
    return contents.between(SINCE, UNTIL, language=language, **kwargs)


def shown(news) -> list[str]:
    return [reply.excerpt for talk in news.conversations for reply in talk.replies]


def make_private(page) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type="login")
