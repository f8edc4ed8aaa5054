"""An editor changes what a comment says: from its dossier, or where it stands on the desk."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from community.comments.models import Comment
from community.moderation import editing_by_editor, overtaking, queue
from community.moderation.models import Act
from community.moderation.team_forms import TextForm
from community.moderation.views import dossier
from community.moderation.views.desk import item_html, may_moderate, wants_json
from community.moderation.views.listing import FIELD, Listing
from community.moderation.views.sentences import changed


@require_http_methods(["GET", "HEAD", "POST"])
@may_moderate
def text(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Give the form to change the text, or change it, with the reason for its writer."""
    found = dossier.find(public_id)
    if request.method != "POST":
        return _form(request, found)
    form = TextForm(request.POST)
    if not form.is_valid():
        return _refused(request, found, form)
    if form.cleaned_data["version"] != queue.version(found):
        return _again(request, found, form)
    try:
        act = _edit(request, found, form)
    except editing_by_editor.NothingChanged:
        form.add_error("comment", _("This is what it says already."))
        return _refused(request, found, form)
    except overtaking.AlreadyHandled:
        return _again(request, dossier.find(public_id), form)
    return _done(request, found, act)


def _form(request: HttpRequest, found: Comment) -> HttpResponse:
    """Give the form for its place on the desk, or go where it stands already."""
    if not wants_json(request):
        return HttpResponseRedirect(f"{_dossier(found)}?wijzig=1#wijzigen")
    if found.status not in editing_by_editor.EDITABLE:
        return _no_longer(request, found)
    context = {
        "item": queue.Item(found),
        "form": TextForm(initial={"comment": found.comment}),
        "list_query": _listing(request, found).query,
    }
    html = render_to_string("moderation/partials/edit.html", context, request)
    return JsonResponse({"form": html})


def _no_longer(request: HttpRequest, found: Comment) -> HttpResponse:
    """Say who was first with what can no longer be changed, and show how it stands."""
    html = item_html(request, found, _listing(request, found))
    return JsonResponse({"message": changed(found), "item": html}, status=409)


def _edit(request: HttpRequest, found: Comment, form: TextForm) -> Act:
    return editing_by_editor.edit(
        found,
        by=dossier.editor_of(request),
        text=form.cleaned_data["comment"],
        note=form.cleaned_data["note"],
        now=timezone.now(),
    )


def _again(request: HttpRequest, found: Comment, form: TextForm) -> HttpResponse:
    """Say who was first, and give the editor's text back beside what the comment says by now."""
    form.data = data = request.POST.copy()
    data["version"] = queue.version(found)
    form.add_error(None, changed(found))
    return _refused(request, found, form, status=409)


def _refused(
    request: HttpRequest, found: Comment, form: TextForm, *, status: int = 422
) -> HttpResponse:
    if not wants_json(request):
        return dossier.show(request, found, {"text": form}, status=status)
    html = item_html(request, found, _listing(request, found), edit_form=form)
    text = " ".join(str(error) for errors in form.errors.values() for error in errors)
    return JsonResponse({"message": text, "item": html}, status=status)


def _done(request: HttpRequest, found: Comment, act: Act) -> HttpResponse:
    """Go on where the form stood: on the desk, whose item can be undone, or in the dossier."""
    said = _("The text is changed, and the writer is told.")
    listing = _listing(request, found)
    if wants_json(request):
        html = item_html(request, found, listing, edited=act)
        return JsonResponse({"message": said, "item": html})
    messages.success(request, said)
    address = listing.address if FIELD in request.POST else _dossier(found)
    return HttpResponseRedirect(address, status=303)


def _dossier(found: Comment) -> str:
    return reverse("moderation:dossier", args=[found.public_id])


def _listing(request: HttpRequest, found: Comment) -> Listing:
    return Listing.behind(request, status=found.status)
