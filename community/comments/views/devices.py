"""Have a browser forgotten: this one, or every one of an address."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from community.comments import devices, own
from core.same_origin import same_origin_form


@never_cache
@same_origin_form
@require_POST
def forget(request: HttpRequest) -> HttpResponse:
    """Forget this browser: from now on every comment is confirmed by mail again."""
    response = render(request, "comments/forgotten.html")
    devices.forget(request, response, now=timezone.now())
    return response


@never_cache
@same_origin_form
@require_http_methods(["GET", "HEAD", "POST"])
def forget_all(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Ask, then forget every device of the writer of a comment: perhaps one was lost."""
    comment = own.find(request, public_id)
    if request.method != "POST":
        context = {"key": own.sent_key(request), "back": own.path("state", comment, request)}
        return render(request, "comments/own/devices.html", context)
    address = comment.user.email if comment.user else comment.user_email
    response = render(request, "comments/forgotten.html", {"all": True})
    devices.forget_all(address, response, now=timezone.now())
    return response
