"""The desk at ``/admin/reacties/``: see what waits, and decide."""

import uuid
from typing import cast
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from community.comments.models import Comment
from community.moderation import decisions, queue, reasons
from community.moderation.forms import DecisionForm
from users.models import User

PER_PAGE = 25
may_moderate = permission_required(decisions.MODERATE, raise_exception=True)


@require_safe
@may_moderate
def desk(request: HttpRequest) -> HttpResponse:
    """List the comments of one tab; an unknown tab is the one of what waits."""
    return _show(request, _tab(request.GET.get("staat")))


@require_POST
@may_moderate
def decide(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Carry out one act, and go on with the list."""
    comment = get_object_or_404(Comment.objects.select_related("page", "user"), public_id=public_id)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        tab = _tab(request.POST.get("tab") or comment.status)
        return _show(request, tab, refused=(comment.pk, form), status=422)
    _try(request, comment, form)
    tab = _tab(request.POST.get("tab") or form.cleaned_data["status"])
    number = request.POST.get("p", "")
    query = urlencode({"staat": tab} | ({"p": number} if number not in {"", "1"} else {}))
    return redirect(f"{reverse('moderation:desk')}?{query}")


def _try(request: HttpRequest, comment: Comment, form: DecisionForm) -> None:
    """Act on what the editor saw, and on nothing else."""
    comment.status = form.cleaned_data["status"]
    if form.cleaned_data["version"] != queue.version(comment):
        messages.warning(request, _changed(comment))
        return
    try:
        _carry_out(request, comment, form)
    except decisions.AlreadyHandled as handled:
        messages.warning(request, _already(handled))


def _carry_out(request: HttpRequest, comment: Comment, form: DecisionForm) -> None:
    act, name = form.cleaned_data["act"], comment.user_name
    if act == "approve":
        decisions.approve(comment, by=cast(User, request.user))
        messages.success(request, _("The comment by %(name)s is placed.") % {"name": name})
    elif act == "spam":
        decisions.mark_spam(comment, by=cast(User, request.user))
        messages.success(request, _("The comment by %(name)s is kept as spam.") % {"name": name})
    else:
        decisions.reject(
            comment,
            by=cast(User, request.user),
            reason=form.cleaned_data["reason"].code,
            explanation=form.cleaned_data["explanation"],
        )
        messages.success(request, _("The comment by %(name)s is refused.") % {"name": name})


def _changed(comment: Comment) -> str:
    what = {"name": comment.user_name}
    return _("%(name)s changed the comment meanwhile. Read it once more.") % what


def _already(handled: decisions.AlreadyHandled) -> str:
    what = {
        "name": handled.comment.user_name,
        "state": handled.comment.get_status_display(),
        "who": handled.act.moderator if handled.act else "",
    }
    if handled.act is None:
        return _("The comment by %(name)s was changed meanwhile: %(state)s.") % what
    return _("%(who)s was first: the comment by %(name)s is %(state)s.") % what


def _show(
    request: HttpRequest,
    tab: str,
    refused: tuple[int, DecisionForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    page = Paginator(queue.in_tab(tab), PER_PAGE).get_page(
        request.GET.get("p") or request.POST.get("p")
    )
    context = {
        "tab": tab,
        "tabs": _tabs(queue.counts()),
        "items": queue.items(page.object_list),
        "page_obj": page,
        "reasons": reasons.in_use(),
        "refused_pk": refused[0] if refused else None,
        "refused_form": refused[1] if refused else None,
    }
    return render(request, "moderation/desk.html", context, status=status)


def _tabs(counts: dict[str, int]) -> list[tuple[str, str, int]]:
    states = [(str(value), str(value.label), counts[value]) for value in queue.TABS]
    return [*states, (queue.OBJECTIONS, _("objections"), counts[queue.OBJECTIONS])]


def _tab(wanted: str | None) -> str:
    return wanted if wanted in {*queue.TABS, queue.OBJECTIONS} else Comment.Status.PENDING
