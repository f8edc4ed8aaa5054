"""A member's own comments, each with how it stands and what can be done about it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page as PageOf
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.functional import Promise
from wagtail.models import Page

from community.comments import editing, own, pages
from community.comments.models import Comment
from community.moderation import objections, waiting
from core import restrictions
from users.models import User

PER_PAGE = 50


@dataclass(frozen=True)
class Item:
    """One comment. ``page`` is there when its member may read that page now.

    ``usual_wait`` ends a promise, for what waits for an editor.
    """

    comment: Comment
    page: Page | None
    is_editable: bool
    usual_wait: str = ""

    @property
    def words(self) -> str | Promise:
        """How the comment stands, in words."""
        return own.STATES[self.comment.status]

    @property
    def is_refused(self) -> bool:
        return self.comment.status in objections.REFUSED


def page_of(member: User, request: HttpRequest, *, number: str | None, now: datetime) -> PageOf:
    """Return page ``number`` of the comments of ``member`` as items, newest first.

    A bad number gives the nearest page. As many queries for ten as for one, as long
    as their pages are public.
    """
    wrote = Comment.objects.filter(user=member).select_related("page")
    page = Paginator(wrote.order_by("-submit_date", "-pk"), PER_PAGE).get_page(number)
    comments = list(page.object_list)
    readable = _readable(request, {comment.page_id: comment.page for comment in comments}.values())
    editable = editing.editable(comments, now=now)
    waits = {comment.pk for comment in comments if comment.status == Comment.Status.PENDING}
    usual = waiting.usual_in_words(now=now) if waits else ""
    page.object_list = [
        Item(
            comment=comment,
            page=readable.get(comment.page_id),
            is_editable=comment.pk in editable,
            usual_wait=usual if comment.pk in waits else "",
        )
        for comment in comments
    ]
    return page


def _readable(request: HttpRequest, found: Iterable[Page]) -> dict[int, Page]:
    """Return those of the pages ``found`` that ``request`` may read, by their keys."""
    candidates = {page.pk: page for page in found if page.live}
    asked = Page.objects.filter(pk__in=candidates).exclude(restrictions.private())
    public = set(asked.values_list("pk", flat=True))
    return {
        pk: page
        for pk, page in candidates.items()
        if pk in public or pages.is_readable(page.specific, request)
    }
