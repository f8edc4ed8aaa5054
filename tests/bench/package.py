"""What the comments package's own tree costs on the same rows."""

import copy
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.template import Context, Template
from django.test import RequestFactory, override_settings
from django.utils import timezone
from django_comments.models import CommentFlag
from django_comments_xtd.models import LIKEDIT_FLAG

from blog.models import BlogPage
from community.comments.models import Comment
from tests.bench import content
from tests.bench.measuring import cpu_ms

THEIRS = "{% load comments_xtd %}{% render_xtdcomment_tree for page %}"
OURS = "{% load comments %}{% comments page %}"


def times_our_cost(comments: int, *, repetitions: int = 3, warm_ups: int = 1) -> float:
    """Return the CPU of the package's tree divided by ours, for ``comments`` by members.

    Each is appreciated by as many members, in the package's own table too. Theirs
    shows all comments, ours the page of them that a reader gets.
    """
    post = content.post_with(comments, "mixed")
    _like(post)
    ours = cpu_ms(lambda: _render(OURS, post.pk))
    with _as_the_package_wants():
        theirs = cpu_ms(
            lambda: _render(THEIRS, post.pk), repetitions=repetitions, warm_ups=warm_ups
        )
    return theirs / ours


def _like(post: BlogPage) -> None:
    now = timezone.now()
    flags = [
        CommentFlag(comment_id=pk, user=member, flag=LIKEDIT_FLAG, flag_date=now)
        for pk in Comment.objects.on(post).values_list("pk", flat=True)
        for member in content.appreciating(pk)
    ]
    CommentFlag.objects.bulk_create(flags, batch_size=content.CHUNK)


def _render(source: str, pk: int) -> str:
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    page = BlogPage.objects.get(pk=pk)
    return Template(source).render(
        Context({"request": request, "user": request.user, "page": page})
    )


@contextmanager
def _as_the_package_wants() -> Iterator[None]:
    """Give the name ``comments`` back to the package's tags, and its addresses their place."""
    templates = copy.deepcopy(settings.TEMPLATES)
    library = {"comments": "django_comments.templatetags.comments"}
    templates[0]["OPTIONS"]["libraries"] = library
    with override_settings(TEMPLATES=templates, ROOT_URLCONF="tests.bench.package_urls"):
        yield
