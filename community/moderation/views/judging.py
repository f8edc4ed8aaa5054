"""Judging a writer's objection."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from community.moderation import decisions, objections, tabs
from community.moderation.forms import JudgementForm
from community.moderation.models import Objection
from community.moderation.views.desk import already, may_moderate, wants_json
from community.moderation.views.listing import Listing
from users.models import User


@require_POST
@may_moderate
def judge(request: HttpRequest, objection_id: int) -> HttpResponse:
    """Place the comment after all, or let the refusal stand and say why."""
    found = Objection.objects.select_related("comment__page", "comment__user")
    objection = get_object_or_404(found, pk=objection_id)
    listing = Listing.behind(request, status=objection.comment.status)
    form = JudgementForm(request.POST)
    if not form.is_valid():
        text = " ".join(str(error) for errors in form.errors.values() for error in errors)
        return _problem(request, listing, text, status=422)
    try:
        _carry_out(form, objection, by=cast(User, request.user))
    except objections.AnotherEditor:
        text = _("You refused this comment yourself. Another editor judges the objection.")
        return _problem(request, listing, text, status=409)
    except decisions.AlreadyHandled as handled:
        return _problem(request, listing, already(handled), status=409)
    return _done(request, listing, form.cleaned_data["outcome"])


def _carry_out(form: JudgementForm, objection: Objection, *, by: User) -> None:
    now, answer = timezone.now(), form.cleaned_data["answer"]
    if form.cleaned_data["outcome"] == Objection.Outcome.GRANTED:
        objections.grant(objection, by=by, now=now, answer=answer)
    else:
        objections.deny(objection, by=by, now=now, answer=answer)


def _done(request: HttpRequest, listing: Listing, outcome: str) -> HttpResponse:
    granted = outcome == Objection.Outcome.GRANTED
    text = (
        _("The objection is granted: the comment is placed.")
        if granted
        else _("The refusal stands. The writer has your answer by mail.")
    )
    if not wants_json(request):
        messages.success(request, text)
        return redirect(listing.address)
    html = render_to_string("moderation/partials/judged.html", {"said": text}, request)
    to = tabs.APPROVED if granted else ""
    return JsonResponse({"message": text, "done": html, "from": tabs.OBJECTIONS, "to": to})


def _problem(request: HttpRequest, listing: Listing, text: str, *, status: int) -> HttpResponse:
    """Say what is wrong; what was typed stays in the page, or comes back with it."""
    if wants_json(request):
        return JsonResponse({"message": text}, status=status)
    messages.error(request, text)
    if request.POST.get("answer"):
        given = {"answer": request.POST["answer"][:1000]}
        messages.info(request, _("You wrote: %(answer)s") % given)
    return redirect(listing.address)
