"""Write a comment: the form, what becomes of it, and the form of an answer."""

import uuid
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.models import Page

from community.comments import devices, own, pages, pipeline, posting, text
from community.comments.forms import NAME_LENGTH, CommentForm, MemberCommentForm
from community.comments.models import Comment
from community.comments.reading import Conversation
from community.comments.views.people import member_of, visible
from core import networks
from core.same_origin import same_origin_form

SENT = "reactie"  # in the address of the page after posting: the public id of what was sent


@never_cache
@same_origin_form
@require_http_methods(["GET", "HEAD", "POST"])
def post(request: HttpRequest, page_id: int) -> HttpResponse:
    """Take a comment on a page; a GET gives the form on a page of its own."""
    page = pages.with_comments(request, page_id)
    if not pages.takes_comments(page):
        return closed(request, page, text=request.POST.get("comment", ""))
    if request.method != "POST":
        return show_form(request, page, form_of(request)(initial=_initial(request)))
    if "preview" in request.POST:
        return _preview(request, page)
    form = form_of(request)(request.POST)
    if not form.is_valid():
        return show_form(request, page, form, status=422)
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
        "manage": _manage(request, page),
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


def _manage(request: HttpRequest, page: Page) -> str:
    """Return the address of what was just sent, for a writer whom we know; else nothing."""
    sent = own.opened(request, request.GET.get(SENT, ""))
    comment = sent or own.written_on(request, page.pk).first()
    return own.path("state", comment, request) if comment else ""


def _preview(request: HttpRequest, page: Page) -> HttpResponse:
    """Show what was typed as readers will see it, and the form again; nothing is stored."""
    form_class = form_of(request)
    typed = {name: request.POST.get(name, "") for name in form_class.base_fields}
    preview = text.to_preview(typed["comment"])
    return show_form(request, page, form_class(initial=typed), preview=preview)


def _place(request: HttpRequest, page: Page, form: CommentForm) -> HttpResponse:
    try:
        submission = _submission(request, page, form)
        answer = posting.post(submission)
    except pipeline.Closed:
        return closed(request, page, text=request.POST.get("comment", ""))
    except pipeline.ParentGone as refused:
        form.add_error(None, refused.message)
        form.data = data = request.POST.copy()
        data["reply_to"] = ""  # sent again, the text becomes a comment of its own
        return show_form(request, page, form, status=422)
    except pipeline.Refused as refused:
        form.add_error(None, refused.message)
        return show_form(request, page, form, status=429)
    query = {"staat": str(answer), **_key_to(submission)}
    address = reverse("comments:posted", args=[page.pk])
    return HttpResponseRedirect(f"{address}?{urlencode(query)}", status=303)


def _key_to(submission: pipeline.Submission) -> dict[str, str]:
    """Return what opens the comment to a writer whom no cookie but a key has proven."""
    stored = Comment.objects.filter(submission_key=submission.key)
    needs_key = submission.improves is not None and submission.user is None
    comment = stored.first() if needs_key else None
    return {SENT: comment.public_id.hex, own.FIELD: own.key(comment)} if comment else {}


def _submission(request: HttpRequest, page: Page, form: CommentForm) -> pipeline.Submission:
    member, now = member_of(request), timezone.now()
    email = member.email if member else form.cleaned_data["email"]
    improves = form.improved(by=email, on=page)
    return pipeline.Submission(
        page=page,
        text=form.cleaned_data["comment"],
        name=text.one_line(str(member))[:NAME_LENGTH] if member else form.cleaned_data["name"],
        email=email,
        language=get_language() or "nl",
        now=now,
        user=member,
        sees_page=pages.is_readable(page, request),
        is_proven=bool(member or improves) or devices.knows(devices.of(request), email),
        parent=posting.find_parent(page, _uuid(form.answers)),
        network_key=networks.key(request, day=now.date()),
        client_address=networks.client_address(request),
        is_trapped=form.is_trapped,
        seconds=form.seconds,
        follow=form.cleaned_data["follow"],
        improves=improves,
    )


def _uuid(value: str) -> str | None:
    if not value:
        return None
    try:
        return str(uuid.UUID(value))
    except ValueError as error:
        raise pipeline.ParentGone from error


def form_of(request: HttpRequest) -> type[CommentForm]:
    """Return the form for whoever asks: members need not say who they are."""
    return MemberCommentForm if request.user.is_authenticated else CommentForm


def _initial(request: HttpRequest) -> dict[str, str]:
    return {"reply_to": request.GET.get("reply_to", "")[:36]}


def _reply_form(request: HttpRequest, page: Page, comment: Comment) -> CommentForm | None:
    if not pages.takes_comments(page) or not comment.may_be_answered:
        return None
    return form_of(request)(initial={"reply_to": str(comment.public_id)})


def show_form(
    request: HttpRequest, page: Page, form: CommentForm, *, status: int = 200, preview: str = ""
) -> HttpResponse:
    """Show ``form`` on a page of its own; ``preview`` is safe HTML."""
    context = {"page": page, "form": form, "member": member_of(request), "preview": preview}
    return render(request, "comments/form_page.html", context, status=status)


def closed(request: HttpRequest, page: Page, *, text: str) -> HttpResponse:
    """Say that ``page`` takes nothing now, and give ``text`` back to its writer."""
    return render(request, "comments/closed.html", {"page": page, "text": text}, status=409)
