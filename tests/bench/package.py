"""What the comments package's own tree costs on the same rows."""

import copy
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.template import Context, Template
from django.test import RequestFactory, override_settings

from blog.models import BlogPage
from tests.bench import content
from tests.bench.measuring import cpu_ms

COMMENTS = 1_000
THEIRS = "{% load comments_xtd %}{% render_xtdcomment_tree for page %}"
OURS = "{% load comments %}{% comments page %}"


def times_our_cost() -> float:
    """Return the CPU of the package's tree divided by ours, for comments by members.

    Theirs shows all comments, ours the page of them that a reader gets.
    """
    post = content.post_of_members(COMMENTS)
    ours = cpu_ms(lambda: _render(OURS, post.pk))
    with _as_the_package_wants():
        theirs = cpu_ms(lambda: _render(THEIRS, post.pk), repetitions=3)
    return theirs / ours


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
