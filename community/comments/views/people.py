"""Who asks, and what they may see."""

import uuid
from typing import cast

from django.http import Http404, HttpRequest

from community.comments import devices, pages
from community.comments.models import Comment
from users.models import User


def member_of(request: HttpRequest) -> User | None:
    """Return the member who is logged in, if anyone is."""
    return cast(User, request.user) if request.user.is_authenticated else None


def who(request: HttpRequest) -> dict:
    """Return the member and the remembered device of ``request``, each may be ``None``."""
    return {"user": member_of(request), "device": devices.of(request)}


def visible(request: HttpRequest, public_id: uuid.UUID) -> Comment:
    """Return the comment if it is approved and this reader may see its page.

    Raises `Http404` for any other: one answer, so that nothing leaks. ``comment.page``
    is the specific page.
    """
    comment = Comment.objects.visible().filter(public_id=public_id).first()
    if comment is None:
        raise Http404
    comment.page = pages.with_comments(request, comment.page_id)
    return comment
