"""What a writer can do with the own comment: see how it stands, change, delete, object."""

import uuid

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from community.comments import devices, editing, improving, own, pages, pipeline
from community.comments.forms import EditForm
from community.comments.models import Comment
from community.moderation import editing_by_editor, objections, rewording, waiting, withdrawing
from community.moderation.forms import ObjectionForm
from core.same_origin import same_origin_form

Status = Comment.Status
PAGES = ("state", "edit", "delete", "object", "again", "devices")


@never_cache
@require_safe
def state(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Say how a comment stands, in words, and what its writer can do about it."""
    comment, now = own.find(request, public_id), timezone.now()
    about = _about(request, comment)
    context = {
        **about,
        "may_improve": improving.is_possible(comment, about["page"]),
        "usual_wait": _usual_wait(comment),
        "objection": objections.open_about(comment),
        "denied": objections.denied_about(comment),
        "may_object": objections.may_object(comment),
        "is_editable": editing.is_editable(comment, now=now),
        "until": comment.submit_date + editing.EDITABLE_FOR,
        "is_changed": request.GET.get("klaar") == "gewijzigd",
        "has_device": devices.of(request) is not None,
    }
    return render(request, "moderation/own/state.html", context)


@never_cache
@same_origin_form
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Show the text of one's own comment in a form, and replace it."""
    comment = own.find(request, public_id)
    if request.method != "POST":
        if not editing.is_editable(comment, now=timezone.now()):
            return _too_late(request, comment)
        return _show_edit(request, comment, EditForm(initial={"comment": comment.comment}))
    form = EditForm(request.POST)
    if not form.is_valid():
        return _show_edit(request, comment, form, status=422)
    return _replace(request, comment, form)


@never_cache
@same_origin_form
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Ask, then take one's own comment back; a second time is harmless."""
    comment = own.find(request, public_id)
    context = _about(request, comment)
    if request.method == "POST":
        withdrawing.withdraw(comment, now=timezone.now())
        return render(request, "moderation/own/deleted.html", context)
    # The comment will not know its writer when the button is pressed twice.
    context["key"] = own.key(comment)
    return render(request, "moderation/own/delete.html", context)


@never_cache
@same_origin_form
@require_http_methods(["GET", "HEAD", "POST"])
def object_to(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Take what a writer says against what editors did; a GET gives the form with the reason."""
    comment = own.find(request, public_id)
    if not objections.may_object(comment):
        return HttpResponseRedirect(own.path("state", comment, request), status=303)
    if objections.open_about(comment):
        return _received(request, comment)
    form = ObjectionForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        context = {**_about(request, comment), "form": form}
        return render(request, "moderation/own/object.html", context, status=status)
    return _object(request, comment, form)


def _replace(request: HttpRequest, comment: Comment, form: EditForm) -> HttpResponse:
    try:
        changed = rewording.reword(comment, text=form.cleaned_data["comment"], now=timezone.now())
    except (editing.TooLate, Comment.DoesNotExist, pipeline.Closed):
        return _too_late(request, comment, text=form.cleaned_data["comment"])
    except pipeline.Refused as refused:
        form.add_error(None, refused.message)
        return _show_edit(request, comment, form, status=429)
    is_same = changed.edited_at == comment.edited_at
    done = "" if is_same else "gewijzigd"
    return HttpResponseRedirect(own.path("state", comment, request, klaar=done), status=303)


def _show_edit(
    request: HttpRequest, comment: Comment, form: EditForm, status: int = 200
) -> HttpResponse:
    context = {
        "comment": comment,
        "form": form,
        "until": timezone.localtime(comment.submit_date + editing.EDITABLE_FOR),
        "back": own.path("state", comment, request),
        "key": own.sent_key(request),
    }
    return render(request, "comments/own/edit.html", context, status=status)


def _too_late(request: HttpRequest, comment: Comment, text: str = "") -> HttpResponse:
    context = {"comment": comment, "text": text, "back": own.path("state", comment, request)}
    return render(request, "comments/own/too_late.html", context, status=409)


def _object(request: HttpRequest, comment: Comment, form: ObjectionForm) -> HttpResponse:
    try:
        objections.object_to(
            comment,
            text=form.cleaned_data["objection"],
            language=get_language() or comment.language,
            now=timezone.now(),
        )
    except objections.NothingToObjectTo:  # an editor was faster
        return HttpResponseRedirect(own.path("state", comment, request), status=303)
    return _received(request, comment)


def _received(request: HttpRequest, comment: Comment) -> HttpResponse:
    return render(request, "moderation/own/objected.html", _about(request, comment))


def _about(request: HttpRequest, comment: Comment) -> dict:
    """Return what every one of these pages shows; the page only to those who may read it."""
    page = comment.page.specific
    is_readable = pages.is_readable(page, request)
    return {
        "comment": comment,
        "page": page if is_readable else None,
        "may_improve": is_readable and improving.is_possible(comment, page),
        "words": own.STATES[comment.status],
        "refusal": objections.refusal(comment) if comment.status in objections.REFUSED else None,
        "change": editing_by_editor.last(comment) if editing_by_editor.edited(comment) else None,
        "before": editing_by_editor.writers_text(comment),
        "key": own.sent_key(request),
        **{name: own.path(name, comment, request) for name in PAGES},
    }


def _usual_wait(comment: Comment) -> str:
    is_waiting = comment.status == Status.PENDING
    return waiting.usual_in_words(now=timezone.now()) if is_waiting else ""
