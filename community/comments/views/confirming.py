"""Confirm a comment, and have this browser remembered or forgotten."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.models import Page

from community.comments import confirming, devices, own, pages
from community.comments.models import Comment, Confirmation
from core.same_origin import same_origin_form


@never_cache
@same_origin_form
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Ask, then confirm. Mail scanners open every link, so a GET changes nothing."""
    now = timezone.now()
    try:
        if request.method != "POST":
            return _show_confirmation(request, confirming.look(token, now=now))
        comment = confirming.confirm(token, now=now)
    except confirming.UnknownLink:
        return render(request, "comments/unknown_link.html", status=404)
    except confirming.Expired as problem:
        return _problem(request, "comments/expired_link.html", problem, token=token)
    except confirming.PageClosed as problem:
        return _problem(request, "comments/page_closed.html", problem)
    except confirming.ParentGone as problem:
        return _problem(request, "comments/parent_gone.html", problem)
    is_proof = confirming.was_used_by(token, now=now)
    response = _confirmed(request, comment, manage=own.address(comment) if is_proof else "")
    if request.POST.get("onthouden") and is_proof:
        devices.remember(response, email=comment.user_email)
    return response


@never_cache
@same_origin_form
@require_POST
def ask_again(request: HttpRequest, token: str) -> HttpResponse:
    """Mail a new link for a comment whose link is too old."""
    try:
        confirming.ask_again(token, now=timezone.now())
    except confirming.UnknownLink:
        return render(request, "comments/unknown_link.html", status=404)
    return render(request, "comments/asked_again.html")


@never_cache
@same_origin_form
@require_POST
def forget_device(request: HttpRequest) -> HttpResponse:
    """Forget this browser: from now on every comment is confirmed by mail again."""
    response = render(request, "comments/forgotten.html")
    devices.forget(request, response, now=timezone.now())
    return response


def _show_confirmation(request: HttpRequest, confirmation: Confirmation) -> HttpResponse:
    if confirmation.used_at is not None:
        return _confirmed(request, confirmation.comment)
    context = {"comment": confirmation.comment, "page": _page_of(request, confirmation.comment)}
    return render(request, "comments/confirm.html", context)


def _confirmed(request: HttpRequest, comment: Comment, *, manage: str = "") -> HttpResponse:
    context = {"comment": comment, "page": _page_of(request, comment), "manage": manage}
    return render(request, "comments/confirmed.html", context)


def _page_of(request: HttpRequest, comment: Comment) -> Page | None:
    """Return the page of ``comment``, to name it, if this reader may see it (by now)."""
    page = comment.page.specific
    return page if pages.is_readable(page, request) else None


def _problem(
    request: HttpRequest, template: str, problem: confirming.LinkProblem, **extra: str
) -> HttpResponse:
    return render(request, template, {"comment": problem.comment, **extra}, status=410)
