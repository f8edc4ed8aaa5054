"""Which pages have a conversation, and who may see it."""

from django.http import Http404, HttpRequest
from wagtail.models import Page

from core import finding
from core.models import CommentsAllowed

MAX_KEY = 2**31  # of a page; SQLite and PostgreSQL refuse larger ones each in their own way


def with_comments(request: HttpRequest, page_id: int) -> Page:
    """Return the specific page whose conversation ``request`` may see.

    Raises `Http404` for a page that is not there, not live, not open to this
    reader, or without comments: one answer, so that nothing leaks.
    """
    page = readable(request, page_id)
    if page is None:
        raise Http404
    return page


def readable(request: HttpRequest, page_id: int) -> Page | None:
    """Return the specific page if ``request`` may see its conversation."""
    page = shown(page_id)
    return page if page is not None and is_readable(page, request) else None


def shown(page_id: int) -> Page | None:
    """Return the specific page if it is live and has a conversation; whom for is still to ask."""
    page = finding.by_pk(page_id) if page_id < MAX_KEY else None
    return page if page is not None and _is_shown(page) else None


def is_readable(page: Page, request: HttpRequest) -> bool:
    """Return whether ``request`` may see the conversation of the specific ``page``."""
    return _is_shown(page) and all(
        restriction.accept_request(request) for restriction in page.get_view_restrictions()
    )


def is_public(page: Page) -> bool:
    """Return whether anyone may see the conversation of the specific ``page``."""
    return _is_shown(page) and not page.get_view_restrictions().exists()


def takes_comments(page: Page) -> bool:
    """Return whether the specific ``page`` is open for new comments, for anyone who may read it."""
    return isinstance(page, CommentsAllowed) and page.takes_comments


def _is_shown(page: Page) -> bool:
    return isinstance(page, CommentsAllowed) and page.live and page.shows_comments
