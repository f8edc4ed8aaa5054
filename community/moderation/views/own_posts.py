"""An author's own posts at ``/admin/reacties/mijn-berichten/``: read, answer, hold."""

import uuid
from typing import cast

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import user_passes_test
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from community.comments import pipeline
from community.comments.models import Comment
from community.moderation import overtaking, own_posts, queue
from community.moderation.team_forms import AnswerForm, HoldForm
from users.models import User


def _is_author(user: User | AnonymousUser) -> bool:
    if not own_posts.is_author(user):
        raise PermissionDenied
    return True


for_authors = user_passes_test(_is_author)


@require_safe
@for_authors
def comments(request: HttpRequest) -> HttpResponse:
    """List what readers wrote under the author's posts, newest first."""
    return _show(request)


@require_POST
@for_authors
def answer(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Answer as the author of the post."""
    found = _find(request, public_id)
    form = AnswerForm(request.POST, key=str(found.pk))
    if not form.is_valid():
        return _show(request, answered=(found.pk, form), status=422)
    words = form.cleaned_data["comment"]
    try:
        own_posts.answer(found, by=_author(request), text=words, now=timezone.now())
    except pipeline.Refused as refused:
        form.add_error(None, refused.message)
        return _show(request, answered=(found.pk, form), status=409)
    messages.success(request, _("Your answer is placed, marked as the author's."))
    return _back(request)


@require_POST
@for_authors
def hold(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Ask an editor to look, and hide the comment until then."""
    found = _find(request, public_id)
    form = HoldForm(request.POST, key=str(found.pk))
    if not form.is_valid():
        return _show(request, held=(found.pk, form), status=422)
    if form.cleaned_data["version"] != queue.version(found):
        form.add_error(None, _("The comment was changed meanwhile. Look at it once more."))
        return _show(request, held=(found.pk, form), status=409)
    note = form.cleaned_data["note"]
    try:
        own_posts.hold(found, by=_author(request), note=note, now=timezone.now())
    except overtaking.AlreadyHandled:
        messages.warning(request, _("An editor looked at this comment already."))
    else:
        messages.success(request, _("Nobody reads the comment until an editor has looked at it."))
    return _back(request)


def _show(
    request: HttpRequest,
    *,
    answered: tuple[int, forms.Form] | None = None,
    held: tuple[int, forms.Form] | None = None,
    status: int = 200,
) -> HttpResponse:
    number = request.GET.get("p") or request.POST.get("p")
    page = own_posts.page_of(_author(request), number)
    rows = [_row(item, answered, held) for item in page.object_list]
    context = {"rows": rows, "page_obj": page}
    return render(request, "moderation/own_posts.html", context, status=status)


def _row(
    item: own_posts.Item,
    answered: tuple[int, forms.Form] | None,
    held: tuple[int, forms.Form] | None,
) -> dict:
    pk, version = item.comment.pk, queue.version(item.comment)
    answer_form = answered[1] if answered and answered[0] == pk else AnswerForm(key=str(pk))
    hold_form = held[1] if held and held[0] == pk else HoldForm(key=str(pk))
    return {"item": item, "version": version, "answer": answer_form, "hold": hold_form}


def _find(request: HttpRequest, public_id: uuid.UUID) -> Comment:
    mine = own_posts.comments_for(_author(request))
    return get_object_or_404(mine.select_related("page__locale", "user"), public_id=public_id)


def _author(request: HttpRequest) -> User:
    return cast(User, request.user)


def _back(request: HttpRequest) -> HttpResponseRedirect:
    number = request.POST.get("p", "")
    query = f"?p={number}" if number.isascii() and number.isdigit() else ""
    return HttpResponseRedirect(f"{reverse('moderation:own_posts')}{query}", status=303)
