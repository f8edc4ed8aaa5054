"""What every request passes through before a view sees it."""

import re
from collections.abc import Callable
from typing import Any

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation

Next = Callable[[HttpRequest], HttpResponse]


class SecurityPolicyMiddleware(CSPMiddleware):
    """Send the strict content security policy, and a looser one with the Wagtail admin."""

    def get_policy_parts(
        self, request: HttpRequest, response: Any, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if not report_only and request.path_info.startswith("/admin/"):
            parts.config = dict(settings.ADMIN_SECURITY_POLICY)
        return parts


# Encodings that a browser may have used; others Python would try on text, and fail.
_ENCODINGS = {"", "utf-8", "utf8", "us-ascii", "ascii", "iso-8859-1", "latin-1", "windows-1252"}
# What no form of the Wagtail admin sends, and some of its views trip over.
_ODD_QUERY = re.compile(r"%00|\d{19}|(?:^|&)q=[^&]{600}")
_FAILING = "/admin/failwhale/"  # fails by design, to try out error pages


def refuse_odd_requests(get_response: Next) -> Next:
    """Answer requests that neither a browser nor a machine of good will sends.

    A NUL in an address is not found: PostgreSQL cannot even look for one.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path_info or request.path_info == _FAILING:
            return _refuse(request, "errors/not_found.html", status=404)
        if _is_odd(request):
            return _refuse(request, "400.html", status=400)
        return get_response(request)

    return middleware


def _refuse(request: HttpRequest, template: str, *, status: int) -> HttpResponse:
    """Answer with a plain page in the language of the address, which nobody has chosen yet."""
    language = translation.get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
    with translation.override(language):
        return HttpResponse(render_to_string(template), status=status)


def _is_odd(request: HttpRequest) -> bool:
    encoding = (request.content_params or {}).get("charset", "").lower()
    if encoding not in _ENCODINGS:
        return True
    path = request.path_info
    in_wagtail = path.startswith("/admin/") and not path.startswith("/admin/reacties/")
    return in_wagtail and _ODD_QUERY.search(request.META.get("QUERY_STRING", "")) is not None
