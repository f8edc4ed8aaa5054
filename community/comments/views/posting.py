"""Write a comment: the form, what becomes of it, and the form of an answer."""

import uuid
from datetime import datetime

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.models import Page

from community.comments import devices, own, pages, pipeline, posting, text
from community.comments.blocking import matching
from community.comments.forms import NAME_LENGTH, CommentForm, MemberCommentForm
from community.comments.models import Comment
from community.comments.reading import Conversation
from community.comments.views.people import member_of, visible
from core import networks
from core.same_origin import same_origin_form


@never_cache
@same_origin_form
@require_http_methods(["GET", "HEAD", "POST"])
def post(request: HttpRequest, page_id: int) -> HttpResponse:
    """Take a comment on a page; a GET gives the form on a page of its own."""
    page = pages.with_comments(request, page_id)
    if not pages.takes_comments(page):
        return _closed(request, page)
    if request.method != "POST":
        return _show_form(request, page, _form_of(request)(initial=_initial(request)))
    if "preview" in request.POST:
        return _preview(request, page)
    form = _form_of(request)(request.POST)
    if not form.is_valid():
        return _show_form(request, page, form, status=422)
    return _place(request, page, form)


@never_cache
@require_safe
def posted(request: HttpRequest, page_id: int) -> HttpResponse:
    """Say what happens with the comment that was just sent."""
    page = pages.with_comments(request, page_id)
    answer = request.GET.get("staat", "")
    if answer not in list(posting.Answer):
        return redirect(page.get_absolute_url())
    context = {
        "page": page,
        "answer": answer,
        "own": own.written_on(request, page.pk).first(),
        "has_device": devices.of(request) is not None,
    }
    return render(request, "comments/posted.html", context)


@never_cache
@require_safe
def replies(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Show a comment with its whole thread, and the form to answer it.

    Without a number this is the page of the thread on which the comment stands.
    """
    comment = visible(request, public_id)
    page = comment.page
    conversation = Conversation(page)
    number = request.GET.get("pagina") or conversation.number_in_thread(comment)
    context = {
        "page": page,
        "comment": comment,
        "thread": conversation.thread(comment.root_path, number),
        "form": _reply_form(request, page, comment),
        "member": member_of(request),
    }
    return render(request, "comments/replies.html", context)


def _preview(request: HttpRequest, page: Page) -> HttpResponse:
    """Show what was typed as readers will see it, and the form again; nothing is stored."""
    form_class = _form_of(request)
    typed = {name: request.POST.get(name, "") for name in form_class.base_fields}
    preview = text.to_preview(typed["comment"])
    return _show_form(request, page, form_class(initial=typed), preview=preview)


def _place(request: HttpRequest, page: Page, form: CommentForm) -> HttpResponse:
    try:
        submission = _submission(request, page, form)
        answer = posting.post(submission, is_proven=_is_proven(request, submission))
    except pipeline.Closed:
        return _closed(request, page)
    except pipeline.ParentGone as refused:
        form.add_error(None, refused.message)
        form.data = data = request.POST.copy()
        data["reply_to"] = ""  # sent again, the text becomes a comment of its own
        return _show_form(request, page, form, status=422)
    except pipeline.Refused as refused:
        form.add_error(None, refused.message)
        return _show_form(request, page, form, status=429)
    address = reverse("comments:posted", args=[page.pk])
    return HttpResponseRedirect(f"{address}?staat={answer}", status=303)


def _submission(request: HttpRequest, page: Page, form: CommentForm) -> pipeline.Submission:
    member, now = member_of(request), timezone.now()
    network_key = networks.key(request, day=now.date())
    return pipeline.Submission(
        page=page,
        text=form.cleaned_data["comment"],
        name=text.one_line(str(member))[:NAME_LENGTH] if member else form.cleaned_data["name"],
        email=member.email if member else form.cleaned_data["email"],
        language=get_language() or "nl",
        now=now,
        user=member,
        sees_page=pages.is_readable(page, request),
        parent=posting.find_parent(page, _uuid(form.answers)),
        network_key=network_key,
        network_rules=_network_rules(request, network_key, now),
        is_trapped=form.is_trapped,
        follow=form.cleaned_data["follow"],
    )


def _network_rules(request: HttpRequest, network_key: str, now: datetime) -> tuple[int, ...]:
    """Look while the address is known; it is not kept."""
    address = networks.client_address(request)
    return tuple(matching.networks_matching(address, network_key, now=now))


def _is_proven(request: HttpRequest, submission: pipeline.Submission) -> bool:
    return submission.user is not None or devices.knows(devices.of(request), submission.email)


def _uuid(value: str) -> str | None:
    if not value:
        return None
    try:
        return str(uuid.UUID(value))
    except ValueError as error:
        raise pipeline.ParentGone from error


def _form_of(request: HttpRequest) -> type[CommentForm]:
    return MemberCommentForm if request.user.is_authenticated else CommentForm


def _initial(request: HttpRequest) -> dict[str, str]:
    return {"reply_to": request.GET.get("reply_to", "")[:36]}


def _reply_form(request: HttpRequest, page: Page, comment: Comment) -> CommentForm | None:
    if not pages.takes_comments(page) or not comment.may_be_answered:
        return None
    return _form_of(request)(initial={"reply_to": str(comment.public_id)})


def _show_form(
    request: HttpRequest, page: Page, form: CommentForm, *, status: int = 200, preview: str = ""
) -> HttpResponse:
    context = {"page": page, "form": form, "member": member_of(request), "preview": preview}
    return render(request, "comments/form_page.html", context, status=status)


def _closed(request: HttpRequest, page: Page) -> HttpResponse:
    context = {"page": page, "text": request.POST.get("comment", "")}
    return render(request, "comments/closed.html", context, status=409)
