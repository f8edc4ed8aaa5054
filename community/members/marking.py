"""The cookie that says that someone is logged in here.

A stored page knows nobody; by this cookie it knows whether to ask for that
person's own parts. It holds no authority and says not who.
"""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse

MARKER = "lid"

Next = Callable[[HttpRequest], HttpResponse]


def mark_members(get_response: Next) -> Next:
    """Keep the cookie true at every way in and out, for each of them looks at the session.

    A request that leaves the session alone is left alone, so public pages stay
    without cookies and without a query.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.session.accessed:
            _follow(request, response)
        return response

    return middleware


def unmark(response: HttpResponse) -> None:
    """Take the cookie away."""
    response.delete_cookie(MARKER, samesite="Lax")


def _follow(request: HttpRequest, response: HttpResponse) -> None:
    is_member = SESSION_KEY in request.session
    mark = request.COOKIES.get(MARKER)
    if is_member and mark != "1":
        response.set_cookie(
            MARKER,
            "1",
            max_age=settings.SESSION_COOKIE_AGE,
            samesite="Lax",
            secure=request.is_secure(),
        )
    elif mark is not None and not is_member:
        unmark(response)
