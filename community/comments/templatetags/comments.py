"""How other rooms' templates show comments: ``{% load comments %}``."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

from django import template
from django.db.models import Sum
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from community.comments import pages, translated
from community.comments.forms import CommentForm
from community.comments.models import Comment
from community.comments.orders import Order
from community.comments.reading import Conversation
from community.comments.tree import Node
from core import navigation
from core.models import CommentsAllowed

register = template.Library()

EXCERPT_LENGTH = 160
THREADS_REMEMBERED = 1000  # in each process; about 4 kB for a thread
_LINE_ENDS = re.compile(r"(<pre>.*?</pre>)|(?<!\s)\s*\n\s*", re.DOTALL)
ORDER_NAMES = {
    Order.OLDEST: _("oldest first"),
    Order.NEWEST: _("newest first"),
    Order.APPRECIATED: _("most appreciated"),
}


@dataclass(frozen=True)
class RecentComment:
    """What a list of new comments shows of one."""

    name: str
    url: str
    excerpt: str
    page_title: str
    at: datetime
    language: str
    page_language: str


@register.inclusion_tag("comments/section.html", takes_context=True)
def comments(context: template.Context, page: Page) -> dict:
    """Show the conversation of ``page`` and the form to join it; nothing where comments are off.

    The same for every reader, so that the page can be stored: no token, no name. A
    page of no kind in particular is looked up first.
    """
    request = context.get("request")
    page = page if isinstance(page, CommentsAllowed) else page.specific
    is_off = not isinstance(page, CommentsAllowed) or not page.shows_comments
    if request is None or context.get("is_preview") or is_off:
        return {"shown": False}
    order = Order.named(request.GET.get("volgorde"))
    conversation = Conversation(page, order)
    threads = conversation.threads(request.GET.get("reacties"), request.GET.get("vanaf", ""))
    is_open = pages.takes_comments(page)
    return {
        "shown": True,
        "page": page,
        "conversation": conversation,
        "threads": threads,
        "translated": [] if threads.threads else _elsewhere(page, request),
        "order": order,
        "is_open": is_open,
        "orders": ORDER_NAMES.items(),
        "form": CommentForm() if is_open else None,
        "request": request,
    }


def _elsewhere(page: Page, request: HttpRequest) -> list[translated.Translated]:
    """Return the translations of ``page`` with comments; no query where there are none at all."""
    return translated.of(page) if navigation.translations_of(page, request) else []


@register.simple_tag
def thread(comment: Node, is_open: bool) -> SafeString:
    """Return a thread as HTML, from its first comment on.

    Templates take two thirds of the time of a page with many comments, so what was
    rendered is remembered by all that can be seen in it: it cannot become stale.
    """
    return _rendered(get_language() or "", is_open, _Thread(comment, comment.shown))


@dataclass(frozen=True)
class _Thread:
    comment: Node = field(compare=False)
    shown: tuple


@lru_cache(maxsize=THREADS_REMEMBERED)
def _rendered(language: str, is_open: bool, shown: _Thread) -> SafeString:
    context = {"comment": shown.comment, "open": is_open}
    html = render_to_string("comments/partials/thread.html", context)
    return mark_safe(_without_indents(html))  # noqa: S308  escaped by its template


def _without_indents(html: str) -> str:
    """Return ``html`` without the templates' indents, a quarter of a page; code keeps its own."""
    return _LINE_ENDS.sub(lambda found: found.group(1) or "\n", html)


@register.simple_tag
def recent_comments(limit: int) -> list[RecentComment]:
    """Return the ``limit`` comments that were approved last, on pages that anyone may read."""
    newest = Comment.objects.visible().on_public_pages().order_by("-decided_at", "-pk")
    return [
        RecentComment(
            name=comment.user_name,
            url=comment.get_absolute_url(),
            excerpt=comment.excerpt(EXCERPT_LENGTH),
            page_title=comment.page.title,
            at=comment.submit_date,
            language=comment.language,
            page_language=comment.page.locale.language_code,
        )
        for comment in newest.select_related("page__locale")[:limit]
    ]


@register.simple_tag
def comment_counts(pages_shown: list[Page]) -> dict[int, int]:
    """Return how many comments everyone may read on each of ``pages_shown``; one query."""
    threads = (
        Comment.objects.threads()
        .where_shown()
        .filter(page_id__in=[page.pk for page in pages_shown])
    )
    return dict(threads.order_by().values_list("page_id").annotate(Sum("thread_count")))


@register.filter
def has_feed(page: Page) -> bool:
    """Return whether there is a feed of the comments on ``page``: whether anyone may read it.

    Says no where `core.finding` has not looked who may, so that it costs no query.
    """
    return getattr(page, "lineage", None) is not None and pages.is_public(page)


@register.filter
def get(mapping: dict, key: int) -> int:
    """Return what ``mapping`` has for ``key``, or 0."""
    return mapping.get(key, 0)
