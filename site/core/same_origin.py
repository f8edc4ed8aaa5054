"""Forms without a token: is this POST from a page of ours?

Public pages are stored and shared, so their forms carry no CSRF token. Every
browser since 2023 says with ``Sec-Fetch-Site`` where a request comes from, and
older ones send ``Origin`` with a POST. A request that says neither is asked to
confirm on a page with an ordinary token; it is never silently accepted.
"""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt

MAX_BODY = 64 * 1024  # bytes: 20 times the longest comment

View = Callable[..., HttpResponse]


def comes_from_us(request: HttpRequest) -> bool | None:
    """Return whether the browser says that a page of this site sent ``request``.

    ``None`` when it says nothing at all.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site:
        return site == "same-origin"
    origin = request.headers.get("Origin")
    if origin:
        return origin == f"{request.scheme}://{request.get_host()}"
    return None


class _TokenCheck(CsrfViewMiddleware):
    """Django's own check of a token, without its page of refusal."""

    def _reject(self, request: HttpRequest, reason: str) -> HttpResponse:
        return HttpResponse(status=403)


def _has_token(request: HttpRequest) -> bool:
    check = _TokenCheck(lambda _: HttpResponse())
    return check.process_view(request, _unprotected, (), {}) is None


def _unprotected(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def same_origin_form(view: View) -> View:
    """Let ``view`` take POSTs of this site's own pages without a token.

    Answers 413 to a body that no form of ours can send, 403 to another site's
    form, and a page that repeats the form with a token to a client that does
    not say where it comes from.
    """

    @csrf_exempt
    @wraps(view)
    def wrapped(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        if int(request.META.get("CONTENT_LENGTH") or 0) > MAX_BODY:
            return render(request, "core/too_large.html", status=413)
        ours = comes_from_us(request)
        if ours is False:
            return render(request, "core/other_site.html", status=403)
        if ours is None and not _has_token(request):
            return render(request, "core/confirm_post.html", {"fields": _fields(request)})
        return view(request, *args, **kwargs)

    return wrapped


def _fields(request: HttpRequest) -> list[tuple[str, str]]:
    return [
        (name, value)
        for name, values in request.POST.lists()
        if name != "csrfmiddlewaretoken"
        for value in values
    ]
