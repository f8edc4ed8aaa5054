"""News to tell, and a run that tells it."""

import datetime as dt

from django.utils import timezone

from community.digests import digests
from tests.factories import BlogPageFactory

DAY = dt.timedelta(days=1)


def new_post(**kwargs):
    return BlogPageFactory(first_published_at=timezone.now(), **kwargs)


def send(now=None, **kwargs):
    return digests.send_due(now=now or timezone.now(), **kwargs)
