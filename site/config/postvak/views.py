"""The demo's mailbox. What a mail brings along stays inside its own frame."""

import re
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from config.postvak import mails
from core.same_origin import same_origin_form

# A mail may style itself, show pictures of this site, and be left by a click; it loads
# nothing else and runs nothing.
FRAME_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'self'; "
    "sandbox allow-top-navigation-by-user-activation allow-popups"
)
_HEAD = re.compile(r"<head[^>]*>", re.IGNORECASE)
_TOP = '<base target="_top">'


@require_safe
@never_cache
def inbox(request: HttpRequest) -> HttpResponse:
    """List the mails, newest first; as JSON with ``?format=json``."""
    caught = mails.all_mails(_directory())
    if request.GET.get("format") == "json":
        return JsonResponse([_as_dict(mail) for mail in caught], safe=False)
    return render(request, "postvak/inbox.html", {"mails": caught})


@require_safe
@never_cache
def mail(request: HttpRequest, key: str) -> HttpResponse:
    """Show one mail: its text, its headers, and a frame with its HTML."""
    return render(request, "postvak/mail.html", {"mail": _get(key)})


@require_safe
@never_cache
def frame(request: HttpRequest, key: str) -> HttpResponse:
    """Show the HTML of one mail by itself, as a mail reader would."""
    html, found = _HEAD.subn(lambda head: head[0] + _TOP, _get(key).html, count=1)
    headers = {"Content-Security-Policy": FRAME_POLICY}
    return HttpResponse(html if found else _TOP + html, headers=headers)


@same_origin_form
@require_POST
def empty(request: HttpRequest) -> HttpResponse:
    """Throw all mails away."""
    mails.empty(_directory())
    return redirect("postvak:inbox")


def _directory() -> Path:
    return Path(settings.POSTVAK_DIR)


def _get(key: str) -> mails.Mail:
    found = mails.get(_directory(), key)
    if found is None:
        raise Http404
    return found


def _as_dict(one: mails.Mail) -> dict:
    return {
        "to": ", ".join(one.to),
        "subject": one.subject,
        "headers": dict(one.headers),
        "text": one.text,
        "html": one.html,
    }
