"""A reader notices a comment, and sees what came of that."""

import uuid
from contextlib import suppress

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from community.comments import pages, pipeline
from community.comments.models import Comment
from community.comments.views.people import member_of, visible
from community.moderation import cases, closing, notice_links, noticing
from community.moderation.forms import ObjectionForm
from community.moderation.models import Case, Notice
from community.moderation.notice_forms import MemberNoticeForm, NoticeForm
from core import networks
from core.addresses import absolute
from core.same_origin import same_origin_form

METHODS = ["GET", "HEAD", "POST"]


@never_cache
@same_origin_form
@require_http_methods(METHODS)
def notify(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Show the form about a comment that this reader can read, or take it."""
    comment = visible(request, public_id)
    form_class = MemberNoticeForm if member_of(request) else NoticeForm
    form = form_class(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _form(request, comment, form, status=422 if form.is_bound else 200)
    return _take(request, comment, form)


@never_cache
@same_origin_form
@require_http_methods(METHODS)
def notice(request: HttpRequest, token: str) -> HttpResponse:
    """Say how a notice stands, and take an objection to the decision; a GET changes nothing."""
    try:
        sent = notice_links.find(token)
    except notice_links.BadToken:
        return render(request, "notifications/unknown.html", status=404)
    except Notice.DoesNotExist:
        return render(request, "moderation/notice/gone.html", status=410)
    form = ObjectionForm(request.POST if request.method == "POST" else None)
    if not form.is_bound:
        return _state(request, sent, form)
    if not cases.may_object(sent):
        return HttpResponseRedirect(notice_links.path(sent), status=303)
    if not form.is_valid():
        return _state(request, sent, form, status=422)
    return _object(sent, form)


def _take(request: HttpRequest, comment: Comment, form: NoticeForm) -> HttpResponse:
    page, said = comment.page, _said(request, form)
    try:
        case, stored = noticing.notice(comment, said, now=timezone.now())
    except noticing.NotReadable:
        return _too_late(request, comment, form)
    except pipeline.TooFast as refused:
        form.add_error(None, refused.message)
        return _form(request, comment, form, status=429)
    is_followed = said.is_anonymous and stored is not None
    context = {
        "case": case,
        "page": page,
        "is_anonymous": said.is_anonymous,
        "link": absolute(notice_links.path(stored)) if is_followed and stored else "",
    }
    return render(request, "moderation/notice/received.html", context)


def _said(request: HttpRequest, form: NoticeForm) -> noticing.Said:
    return noticing.Said(
        reason=form.cleaned_data["reason"],
        explanation=form.cleaned_data["explanation"],
        language=get_language() or "nl",
        name=form.cleaned_data.get("name", ""),
        email=form.cleaned_data.get("email", ""),
        user=member_of(request),
        network_key=networks.key(request, day=timezone.now().date()),
    )


def _form(request: HttpRequest, comment: Comment, form: NoticeForm, *, status: int) -> HttpResponse:
    context = {
        "comment": comment,
        "page": comment.page,
        "place": absolute(comment.get_absolute_url()),
        "form": form,
        "member": member_of(request),
    }
    return render(request, "moderation/notice/form.html", context, status=status)


def _too_late(request: HttpRequest, comment: Comment, form: NoticeForm) -> HttpResponse:
    """Give the words back to someone whose comment was taken away while they wrote."""
    context = {"page": comment.page, "text": form.cleaned_data["explanation"]}
    return render(request, "moderation/notice/too_late.html", context, status=409)


def _state(
    request: HttpRequest, sent: Notice, form: ObjectionForm, *, status: int = 200
) -> HttpResponse:
    case, comment = sent.case, sent.case.comment
    page = comment.page.specific
    is_readable = pages.is_readable(page, request)
    is_shown = is_readable and comment.status == Comment.Status.APPROVED
    decision = closing.decision(case) if case.outcome == Case.Outcome.REMOVED else None
    context = {
        "notice": sent,
        "case": case,
        "page": page if is_readable else None,
        "place": absolute(comment.get_absolute_url()) if is_shown else "",
        "decision": decision,
        "may_object": cases.may_object(sent),
        "form": form,
    }
    return render(request, "moderation/notice/state.html", context, status=status)


def _object(sent: Notice, form: ObjectionForm) -> HttpResponse:
    with suppress(cases.NothingToObjectTo):  # an editor was faster, or it was pressed twice
        cases.object_to(sent, text=form.cleaned_data["objection"], now=timezone.now())
    return HttpResponseRedirect(notice_links.path(sent), status=303)
