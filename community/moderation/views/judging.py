"""Judging what was said against a decision: a writer's objection, and notices by readers."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from community.moderation import cases, objections, overtaking, queue, tabs
from community.moderation.forms import JudgementForm, KeepForm
from community.moderation.models import Case, Objection
from community.moderation.seconding import AnotherEditor
from community.moderation.views.desk import may_moderate, problem, wants_json
from community.moderation.views.listing import Listing
from community.moderation.views.sentences import already, another_editor, changed
from users.models import User


@require_POST
@may_moderate
def judge(request: HttpRequest, objection_id: int) -> HttpResponse:
    """Grant an objection, or deny it and say why."""
    found = Objection.objects.select_related("comment__page", "comment__user")
    objection = get_object_or_404(found, pk=objection_id)
    listing = Listing.behind(request, status=objection.comment.status)
    form = JudgementForm(request.POST)
    if not form.is_valid():
        return problem(request, listing, _errors(form), status=422)
    try:
        _carry_out(form, objection, by=cast(User, request.user))
    except AnotherEditor:
        return problem(request, listing, another_editor())
    except overtaking.AlreadyHandled as handled:
        return problem(request, listing, already(handled))
    if form.cleaned_data["outcome"] == Objection.Outcome.GRANTED:
        said = _("The objection is granted. The writer hears it by mail.")
    else:
        said = _("The decision stands. The writer has your answer by mail.")
    return _done(request, listing, said, since=tabs.OBJECTIONS)


@require_POST
@may_moderate
def keep(request: HttpRequest, case_id: int) -> HttpResponse:
    """Let a comment stand that readers noticed, and tell them why."""
    case = get_object_or_404(Case.objects.select_related("comment"), pk=case_id)
    listing = Listing.behind(request, status=case.comment.status)
    form = KeepForm(request.POST)
    if not form.is_valid():
        return problem(request, listing, _errors(form), status=422)
    editor, answer = cast(User, request.user), form.cleaned_data["answer"]
    if status := form.cleaned_data["status"]:
        if form.cleaned_data["version"] != queue.version(case.comment):
            return problem(request, listing, changed(case.comment))
        case.comment.status = status
    try:
        cases.keep(case, by=editor, answer=answer, now=timezone.now())
    except AnotherEditor:
        return problem(request, listing, another_editor())
    except overtaking.AlreadyHandled as handled:
        return problem(request, listing, already(handled))
    said = _("The comment stays. Who noticed it and left an address gets your answer by mail.")
    return _done(request, listing, said, since=tabs.NOTICED)


def _carry_out(form: JudgementForm, objection: Objection, *, by: User) -> None:
    now, answer = timezone.now(), form.cleaned_data["answer"]
    if form.cleaned_data["outcome"] == Objection.Outcome.GRANTED:
        objections.grant(objection, by=by, now=now, answer=answer)
    else:
        objections.deny(objection, by=by, now=now, answer=answer)


def _errors(form: JudgementForm | KeepForm) -> str:
    return " ".join(str(error) for errors in form.errors.values() for error in errors)


def _done(request: HttpRequest, listing: Listing, said: str, *, since: str) -> HttpResponse:
    if not wants_json(request):
        messages.success(request, said)
        return redirect(listing.address)
    html = render_to_string("moderation/partials/judged.html", {"said": said}, request)
    news = {"message": said, "done": html, "from": since, "to": "", "counts": tabs.counts()}
    return JsonResponse(news)
