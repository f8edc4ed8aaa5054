"""One comment with everything about it, and what editors do about it together."""

import uuid
from collections.abc import Callable
from typing import cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from community.comments.models import Comment
from community.moderation import (
    assigning,
    colleagues,
    editing_by_editor,
    noting,
    reasons,
    second_opinions,
)
from community.moderation.dossiers import Dossier, dossier_of
from community.moderation.team_forms import AssignForm, TextForm, WordsForm
from community.moderation.views.desk import decide, may_moderate
from users.models import User

Bound = dict[str, forms.Form]


@require_http_methods(["GET", "HEAD", "POST"])
@may_moderate
def comment(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Show the dossier; what is sent here is a decision, as from the desk."""
    if request.method == "POST":
        return decide(request, public_id)
    return show(request, find(public_id))


@require_POST
@may_moderate
def assign(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Give the comment to a colleague, to oneself, or to nobody."""
    found, form = find(public_id), AssignForm(request.POST)
    if not form.is_valid():
        return show(request, found, {"assign": form}, status=422)
    to, seen = form.cleaned_data["to"], form.cleaned_data["seen"]
    try:
        assigning.assign(
            found, to=to, by=editor_of(request), now=timezone.now(), since=seen, is_seen=True
        )
    except assigning.AlreadyAssigned as other:
        who = {"who": other.to or _("nobody")}
        messages.warning(request, _("Meanwhile it was given to %(who)s.") % who)
    else:
        messages.success(request, _("Now with: %(who)s.") % {"who": to or _("nobody")})
    return _back(found)


@require_POST
@may_moderate
def note(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Keep a note, and mail whom it names."""
    found, form, editor = find(public_id), _note_form(request.POST), editor_of(request)
    if not form.is_valid():
        return show(request, found, {"note": form}, status=422)
    text = form.cleaned_data["text"]
    noting.add(found, by=editor, text=text, now=timezone.now())
    told = ", ".join(str(colleague) for colleague in noting.told_by(text, by=editor))
    if told:
        messages.success(request, _("The note is kept. A mail goes to %(who)s.") % {"who": told})
    else:
        messages.success(request, _("The note is kept."))
    return _back(found)


@require_POST
@may_moderate
def second_opinion(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Ask for a second opinion, give one, or take one's question back."""
    act = _OPINIONS.get(request.POST.get("act", ""))
    found = find(public_id)
    return act(request, found) if act else show(request, found, status=422)


def _ask(request: HttpRequest, found: Comment) -> HttpResponse:
    form = _question_form(request.POST)
    if not form.is_valid():
        return show(request, found, {"question": form}, status=422)
    words = form.cleaned_data["text"]
    try:
        second_opinions.ask(found, by=editor_of(request), text=words, now=timezone.now())
    except second_opinions.AlreadyAsked as other:
        form.add_error(None, _("%(who)s asks already.") % {"who": other.by or "–"})
        return show(request, found, {"question": form}, status=409)
    messages.success(request, _("Your colleagues see that you ask for a second opinion."))
    return _back(found)


def _give(request: HttpRequest, found: Comment) -> HttpResponse:
    form = _opinion_form(request.POST)
    if not form.is_valid():
        return show(request, found, {"opinion": form}, status=422)
    words = form.cleaned_data["text"]
    try:
        second_opinions.give(found, by=editor_of(request), text=words, now=timezone.now())
    except second_opinions.NothingAsked:
        messages.warning(request, _("The question was answered meanwhile. Keep this as a note?"))
        return show(request, found, {"note": _note_form(request.POST)}, status=409)
    messages.success(request, _("Your opinion is kept as a note."))
    return _back(found)


def _withdraw(request: HttpRequest, found: Comment) -> HttpResponse:
    if second_opinions.withdraw(found, by=editor_of(request)):
        messages.success(request, _("You no longer ask for a second opinion."))
    else:
        messages.warning(request, _("Your question was answered meanwhile."))
    return _back(found)


_OPINIONS: dict[str, Callable[[HttpRequest, Comment], HttpResponse]] = {
    "ask": _ask,
    "give": _give,
    "withdraw": _withdraw,
}


def show(
    request: HttpRequest, found: Comment, bound: Bound | None = None, *, status: int = 200
) -> HttpResponse:
    dossier, editor = dossier_of(found), editor_of(request)
    context = {
        "dossier": dossier,
        "comment": found,
        "reasons": reasons.in_use(),
        "colleagues": colleagues.of(editor),
        "may_edit": found.status in editing_by_editor.EDITABLE,
        "is_own_question": dossier.work.asked_by == editor,
        "forms": _forms(dossier) | (bound or {}),
    }
    return render(request, "moderation/dossier.html", context, status=status)


def _forms(dossier: Dossier) -> Bound:
    to = dossier.work.assignee
    return {
        "assign": AssignForm(
            initial={"to": to.username if to else "", "seen": to.pk if to else ""}
        ),
        "note": _note_form(),
        "question": _question_form(),
        "opinion": _opinion_form(),
        "text": TextForm(initial={"comment": dossier.comment.comment, "version": dossier.version}),
    }


def _note_form(data: dict | None = None) -> WordsForm:
    hint = _("Write @ and a user name to mail a colleague a link. Readers never see notes.")
    return WordsForm(data, purpose="note", label=_("Note"), help_text=hint)


def _question_form(data: dict | None = None) -> WordsForm:
    return WordsForm(data, purpose="question", label=_("What do you hesitate about?"))


def _opinion_form(data: dict | None = None) -> WordsForm:
    return WordsForm(data, purpose="opinion", label=_("What do you think?"))


def find(public_id: uuid.UUID) -> Comment:
    return get_object_or_404(Comment.objects.select_related("page", "user"), public_id=public_id)


def editor_of(request: HttpRequest) -> User:
    return cast(User, request.user)


def _back(found: Comment) -> HttpResponseRedirect:
    address = reverse("moderation:dossier", args=[found.public_id])
    return HttpResponseRedirect(address, status=303)
