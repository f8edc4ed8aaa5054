"""Confirm a comment, and have this browser remembered."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from community.comments import confirming, devices, own, pages
from community.comments.models import Comment, Confirmation
from core.same_origin import same_origin_form


@never_cache
@same_origin_form
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Ask, then confirm. Mail scanners open every link, so a GET changes nothing."""
    now, sees = timezone.now(), partial(pages.is_readable, request=request)
    try:
        if request.method != "POST":
            return _show_confirmation(request, confirming.look(token, now=now, sees=sees))
        comment = confirming.confirm(token, now=now, sees=sees)
    except confirming.UnknownLink:
        return render(request, "comments/unknown_link.html", status=404)
    except confirming.LinkProblem as problem:
        return _problem(request, problem, token)
    is_proof = confirming.was_used_by(token, now=now)
    remembers = bool(is_proof and request.POST.get("onthouden"))
    manage = own.address(comment) if is_proof else ""
    response = _confirmed(request, comment, manage=manage, has_device=remembers)
    if remembers:
        devices.remember(response, email=comment.user_email)
    return response


@never_cache
@same_origin_form
@require_POST
def ask_again(request: HttpRequest, token: str) -> HttpResponse:
    """Mail a new link for a comment whose link is too old."""
    sees = partial(pages.is_readable, request=request)
    try:
        confirming.ask_again(token, now=timezone.now(), sees=sees)
    except confirming.UnknownLink:
        return render(request, "comments/unknown_link.html", status=404)
    except confirming.LinkProblem as problem:
        return _problem(request, problem, token)
    return render(request, "comments/asked_again.html")


def _show_confirmation(request: HttpRequest, confirmation: Confirmation) -> HttpResponse:
    if confirmation.used_at is not None:
        return _confirmed(request, confirmation.comment)
    comment = confirmation.comment
    context = {"comment": comment, "page": pages.readable(request, comment.page_id)}
    return render(request, "comments/confirm.html", context)


def _confirmed(
    request: HttpRequest, comment: Comment, *, manage: str = "", has_device: bool = False
) -> HttpResponse:
    context = {
        "comment": comment,
        "page": pages.readable(request, comment.page_id),
        "manage": manage,
        "has_device": has_device or devices.of(request) is not None,
    }
    return render(request, "comments/confirmed.html", context)


def _problem(request: HttpRequest, problem: confirming.LinkProblem, token: str) -> HttpResponse:
    context = {"comment": problem.comment, "token": token}
    return render(request, _PROBLEMS[type(problem)], context, status=410)


_PROBLEMS: dict[type[confirming.LinkProblem], str] = {
    confirming.Expired: "comments/expired_link.html",
    confirming.PageClosed: "comments/page_closed.html",
    confirming.ParentGone: "comments/parent_gone.html",
}
