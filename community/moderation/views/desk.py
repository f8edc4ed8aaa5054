"""The desk at ``/admin/reacties/``: see what waits, decide, and take it back.

A form that asks for JSON gets the changed part of the page and goes on without a
reload; any other gets a redirect to the list that it stood in.
"""

import uuid
from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from community.comments.models import Comment
from community.comments.spam import scoring
from community.moderation import (
    decisions,
    filters,
    goals,
    looking,
    overtaking,
    queue,
    reasons,
    tabs,
    undoing,
)
from community.moderation.forms import DecisionForm
from community.moderation.models import Act
from community.moderation.seconding import AnotherEditor
from community.moderation.views.listing import Listing, item_of
from community.moderation.views.sentences import already, another_editor, changed, said
from users.models import User

may_moderate = permission_required(decisions.MODERATE, raise_exception=True)


@require_safe
@may_moderate
def desk(request: HttpRequest) -> HttpResponse:
    """List the comments of one tab; an unknown tab is the one of what waits."""
    return _show(request, Listing.asked_for(request))


@require_POST
@may_moderate
def decide(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Carry out one act about what the editor saw, and go on with the list."""
    comment = get_object_or_404(decisions.with_signs(), public_id=public_id)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _refused(request, comment, form)
    listing = Listing.behind(request, status=form.cleaned_data["status"])
    if form.cleaned_data["version"] != queue.version(comment):
        return _overtaken(request, comment, listing, changed(comment))
    comment.status = form.cleaned_data["status"]
    looking.saw(comment, case=form.cleaned_data["case"], objection=form.cleaned_data["objection"])
    try:
        act = carry_out(form, comment, by=cast(User, request.user))
    except overtaking.AlreadyHandled as handled:
        return _overtaken(request, comment, listing, already(handled))
    except AnotherEditor:
        return problem(request, listing, another_editor())
    return _done(request, comment, act, listing, form)


@require_POST
@may_moderate
def undo(request: HttpRequest, act_id: int) -> HttpResponse:
    """Take one's own decision back, within ten minutes."""
    act = get_object_or_404(Act.objects.filter(moderator_id=request.user.pk), pk=act_id)
    listing = Listing.behind(request, status=act.from_status or tabs.PENDING)
    try:
        undoing.undo(act, by=cast(User, request.user), now=timezone.now())
    except undoing.TooLate:
        late = _("This can no longer be undone. You can decide anew in its own queue.")
        return problem(request, listing, late)
    except overtaking.AlreadyHandled as handled:
        return problem(request, listing, already(handled))
    text = _("The decision is undone: the comment is back where it was.")
    if not wants_json(request):
        messages.success(request, text)
        return redirect(listing.address)
    html = item_html(request, cast(Comment, act.comment), listing)
    return JsonResponse({"message": text, "item": html, "counts": tabs.counts()})


def carry_out(form: DecisionForm, comment: Comment, *, by: User) -> Act:
    """Do what a valid ``form`` says about ``comment``.

    Raises `overtaking.AlreadyHandled`.
    """
    act, data = form.cleaned_data["act"], form.cleaned_data
    if act == "approve":
        return decisions.approve(comment, by=by)
    if act == "spam":
        return decisions.mark_spam(comment, by=by)
    if act == "hold":
        return decisions.hold(comment, by=by)
    return decisions.reject(
        comment, by=by, reason=data["reason"].code, explanation=data["explanation"]
    )


def wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")


def _done(
    request: HttpRequest, comment: Comment, act: Act, listing: Listing, form: DecisionForm
) -> HttpResponse:
    text = said(act, comment.user_name)
    if not wants_json(request):
        messages.success(request, text)
        return redirect(listing.address)
    context = {"act": act, "comment": comment, "said": text, "list_query": listing.query}
    html = render_to_string("moderation/partials/done.html", context, request)
    counts = {"from": tabs.of(act.from_status), "to": tabs.of(act.to_status)}
    return JsonResponse({"message": text, "done": html, **counts, "less": _judged(act, form)})


def _judged(act: Act, form: DecisionForm) -> list[str]:
    """Return the queues of what was seen to be open about the comment, and no longer is."""
    is_closed = bool(form.cleaned_data["case"]) and act.to_status != Comment.Status.PENDING
    is_granted = bool(form.cleaned_data["objection"]) and act.to_status == Comment.Status.APPROVED
    return [tabs.NOTICED] * is_closed + [tabs.OBJECTIONS] * is_granted


def _overtaken(request: HttpRequest, comment: Comment, listing: Listing, text: str) -> HttpResponse:
    """Tell the editor that someone was first, and show how the comment stands now."""
    if not wants_json(request):
        messages.warning(request, text)
        return redirect(listing.address)
    html = item_html(request, comment, listing)
    return JsonResponse({"message": text, "item": html}, status=409)


def problem(
    request: HttpRequest, listing: Listing, text: str, *, status: int = 409
) -> HttpResponse:
    """Say why nothing was done; what an editor had typed stays in the page, or comes back."""
    if wants_json(request):
        return JsonResponse({"message": text}, status=status)
    messages.warning(request, text)
    if request.POST.get("answer"):
        given = {"answer": request.POST["answer"][:1000]}
        messages.info(request, _("You wrote: %(answer)s") % given)
    return redirect(listing.address)


def _refused(request: HttpRequest, comment: Comment, form: DecisionForm) -> HttpResponse:
    """Give the form back with what is wrong beside its field."""
    listing = Listing.behind(request, status=comment.status)
    if not wants_json(request):
        return _show(request, listing, refused=(comment, form), status=422)
    html = item_html(request, comment, listing, refused_pk=comment.pk, refused_form=form)
    text = " ".join(str(error) for errors in form.errors.values() for error in errors)
    return JsonResponse({"message": text, "item": html}, status=422)


def item_html(request: HttpRequest, comment: Comment, listing: Listing, **more) -> str:
    """Return ``comment`` as it stands on the desk now, with ``more`` for its template."""
    found = item_of(comment)
    if found is None:
        return ""
    context = {**_beside(listing), "item": found, **more}
    return render_to_string("moderation/partials/item.html", context, request)


def _beside(listing: Listing) -> dict:
    """Return what every item needs beside itself."""
    now = timezone.now()
    return {
        "list_query": listing.query,
        "reasons": reasons.in_use(),
        "overdue": goals.current(now=now).overdue_before(now),
    }


def _show(
    request: HttpRequest,
    listing: Listing,
    refused: tuple[Comment, DecisionForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    page, now = listing.page(request), timezone.now()
    shown = list(page.object_list)
    if refused and all(item.comment.pk != refused[0].pk for item in shown):
        shown = [found for found in [item_of(refused[0])] if found] + shown
    searches = bool(listing.filters) or "filter" in request.GET
    context = {
        **_beside(listing),
        "listing": listing,
        "tabs": [(name, label, listing.counts[name]) for name, label in tabs.TABS.items()],
        "items": shown,
        "page_obj": page,
        "goal": goals.current(now=now),
        "undoable": undoing.recent(by=cast(User, request.user), now=now),
        "refused_pk": refused[0].pk if refused else None,
        "refused_form": refused[1] if refused else None,
        "searches": searches,
        **(_choices(listing) if searches else {}),
        **({"spam_filter": scoring.state()} if listing.tab == tabs.SPAM else {}),
    }
    return render(request, "moderation/desk.html", context, status=status)


def _choices(listing: Listing) -> dict:
    return {
        **filters.choices(),
        "ages": [(name, label) for name, (label, _age) in filters.AGES.items()],
        "held": filters.HELD.items(),
        "narrowed": filters.narrowed(listing.filters),
    }
