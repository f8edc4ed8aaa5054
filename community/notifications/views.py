"""The pages of following a conversation: asking, confirming, ending."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods
from wagtail.models import Page

from community.comments import pages
from community.comments.views.people import member_of
from community.notifications import following, links, stopping
from community.notifications.forms import FollowForm, MemberFollowForm
from community.notifications.models import Follow
from community.notifications.stopping import Reason
from core import networks
from core.forms import asked_again
from core.same_origin import same_origin_form
from users.models import User

METHODS = ["GET", "HEAD", "POST"]
GONE = (links.Expired, Follow.DoesNotExist)


@never_cache
@same_origin_form
@require_http_methods(METHODS)
def follow(request: HttpRequest, page_id: int) -> HttpResponse:
    """Show the form, or take it. Without account the answer is the same to everyone."""
    page, member = pages.with_comments(request, page_id), member_of(request)
    form_class = MemberFollowForm if member else FollowForm
    if request.method != "POST":
        return _form(request, page, form_class(initial=asked_again(request)))
    form = form_class(request.POST)
    if not form.is_trapped and not form.is_valid():
        return _form(request, page, form, status=422)
    if member:
        return _begin(request, page, member)
    if not form.is_trapped:
        _request(request, page, form.cleaned_data["email"])
    return render(request, "notifications/requested.html", {"page": page})


@never_cache
@same_origin_form
@require_http_methods(METHODS)
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Ask, then begin. Mail scanners open every link, so a GET changes nothing."""
    try:
        wanted = following.look(token)
        page = pages.with_comments(request, wanted.page_id)
        if request.method != "POST":
            return render(request, "notifications/confirm.html", {"page": page})
        begun = following.confirm(token, now=timezone.now())
    except GONE:
        return render(request, "notifications/gone.html", status=410)
    except links.BadToken:
        return render(request, "notifications/unknown.html", status=404)
    return _following(request, page, begun)


@csrf_exempt
@require_http_methods(METHODS)
@never_cache
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Ask, then end. The POST may come from a mail program, by RFC 8058.

    That one has no cookie and no token but the one in the address, which is the
    authority; the answer is a 200 and never a redirect. It works for ever.
    """
    try:
        ended = following.found_by(token)
        context = {"follow": ended, "page": _page_of(request, ended)}
        if request.method != "POST":
            return render(request, "notifications/stop.html", context)
        following.stop(token)
    except links.BadToken:
        return render(request, "notifications/unknown.html", status=404)
    return render(request, "notifications/stopped.html", context)


@csrf_exempt
@require_http_methods(METHODS)
@never_cache
def stop_all(request: HttpRequest, token: str) -> HttpResponse:
    """Ask, then end all that one mail was sent for, as `stop` does."""
    try:
        reasons = stopping.found_by(token)
        context = {"reasons": [_named(request, reason) for reason in reasons]}
        if request.method != "POST":
            return render(request, "notifications/stop_all.html", context)
        stopping.stop_all(token, now=timezone.now())
    except links.BadToken:
        return render(request, "notifications/unknown.html", status=404)
    return render(request, "notifications/stopped_all.html", context)


def _named(request: HttpRequest, reason: Reason) -> tuple[str, Page | None]:
    """Return what a reason is called, and the page that it is about if this reader may see it."""
    return str(reason.kind.label), _page_of(request, reason.follow)


def _begin(request: HttpRequest, page: Page, member: User) -> HttpResponse:
    language = get_language() or "nl"
    begun = following.begin_for(member, page, language=language, now=timezone.now())
    return _following(request, page, begun)


def _request(request: HttpRequest, page: Page, email: str) -> None:
    now = timezone.now()
    following.request(
        page,
        email=email,
        language=get_language() or "nl",
        now=now,
        network_key=networks.key(request, day=now.date()),
    )


def _form(request: HttpRequest, page: Page, form: FollowForm, status: int = 200) -> HttpResponse:
    member = member_of(request)
    context = {
        "page": page,
        "form": form,
        "member": member,
        "consent": following.consent(),
        "follow": following.of_member(member, page) if member else None,
    }
    if context["follow"]:
        return _following(request, page, context["follow"])
    return render(request, "notifications/follow.html", context, status=status)


def _following(request: HttpRequest, page: Page, begun: Follow) -> HttpResponse:
    context = {"page": page, "stop_link": links.stop(begun)}
    return render(request, "notifications/following.html", context)


def _page_of(request: HttpRequest, ended: Follow | None) -> Page | None:
    """Return the page that is followed, to name it, if this reader may see it."""
    return pages.readable(request, ended.page_id) if ended else None
