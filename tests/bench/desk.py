"""What the moderation desk costs, with a hundred thousand comments."""

import itertools
import json
import time
from functools import cache

from django.contrib.auth.models import Permission
from django.test import Client
from django.utils import timezone

from blog.models import BlogPage
from community.comments.models import Comment
from community.moderation import bulk
from community.moderation.sightings import Seen
from mail.models import Message
from tests import factories
from tests.bench import content
from tests.bench.measuring import cpu_ms, queries
from users.models import User

MANY = 100_000
MOST_AT_ONCE = 1000
WAITING = 5000
DESK = "/admin/reacties/"
_turns = itertools.count()


@cache
def site() -> BlogPage:
    """Return a post of a site with `MANY` comments, of which the last `WAITING` wait."""
    post = content.site()
    content.fill(comments=MANY, comments_on=post.slug, shape="mixed")
    last = Comment.objects.order_by("-pk").values_list("pk", flat=True)[:WAITING]
    Comment.objects.filter(pk__in=list(last)).update(status="pending", thread_count=None)
    Comment.objects.filter(pk__in=list(last), level=0).update(thread_count=0)
    return post


@cache
def moderator() -> User:
    user = factories.UserFactory(username="moderator")
    codenames = ["can_moderate", "access_admin"]
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    return user


@cache
def browser() -> Client:
    client = Client()
    client.force_login(moderator())
    return client


def first_page() -> bytes:
    response = browser().get(DESK)
    if response.status_code != 200:
        raise RuntimeError(f"The desk answers {response.status_code}")
    return response.content


def one_act() -> None:
    """Approve the comment that has waited longest, as the desk's own script does."""
    comment = _next()
    data = {"act": "approve", "status": comment.status, "version": ""}
    path = f"{DESK}{comment.public_id}/"
    response = browser().post(path, data, headers={"accept": "application/json"})
    if "done" not in json.loads(response.content):
        raise RuntimeError(f"The desk answers {response.content!r}")


@cache
def _waiting() -> list[Comment]:
    site()
    return list(Comment.objects.waiting()[: WAITING // 2])


def _next() -> Comment:
    return _waiting()[next(_turns)]


def page_queries() -> float:
    site()
    return queries(first_page)


def page_cpu_ms() -> float:
    site()
    return cpu_ms(first_page)


def act_queries() -> float:
    site()
    return queries(one_act)


def act_cpu_ms() -> float:
    site()
    return cpu_ms(one_act)


def bulk_seconds() -> float:
    """Return the seconds that approving `MOST_AT_ONCE` takes, with all their mails queued."""
    site()
    last = Comment.objects.filter(status="pending").order_by("-pk")
    seen = [Seen.of(comment) for comment in last[:MOST_AT_ONCE]]
    before = Message.objects.count()
    began = time.perf_counter()
    outcome = bulk.approve(seen, by=moderator(), now=timezone.now())
    seconds = time.perf_counter() - began
    mails = Message.objects.count() - before
    if (outcome.done, mails) != (MOST_AT_ONCE, MOST_AT_ONCE):
        raise RuntimeError(f"{outcome.done} approved, {mails} mails")
    return seconds
