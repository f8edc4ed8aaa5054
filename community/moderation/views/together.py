"""One decision about many comments: asked first, then done in one transaction."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from community.comments.models import Comment
from community.moderation import bulk, reasons, tabs
from community.moderation.bulk import Outcome, Seen
from community.moderation.forms import TogetherForm
from community.moderation.views.desk import may_moderate
from community.moderation.views.listing import Listing
from users.models import User

SHOWN = 20  # comments on the page that asks


@require_POST
@may_moderate
def ask(request: HttpRequest) -> HttpResponse:
    """Show what is about to be decided about, and ask to confirm it; nothing changes."""
    listing = _listing(request)
    if "alles" in request.POST:
        found = listing.comments(request).select_related("page", "user")
        comments = list(found[: bulk.MOST])
    else:
        comments = bulk.find(_seen(request))
    if not comments:
        messages.warning(request, _("Nothing was ticked, so nothing was done."))
        return redirect(listing.address)
    wanted = request.POST.get("act", "")
    form = TogetherForm(initial={"act": wanted})
    return _show(request, listing, comments, form, wanted=wanted)


@require_POST
@may_moderate
def act(request: HttpRequest) -> HttpResponse:
    """Decide about all that was confirmed; what someone else was first with stays as it is."""
    listing, seen = _listing(request), _seen(request)
    form = TogetherForm(request.POST)
    if not form.is_valid():
        wanted = request.POST.get("act", "")
        return _show(request, listing, bulk.find(seen), form, wanted=wanted, status=422)
    outcome = _carry_out(form, seen, by=cast(User, request.user))
    _say(request, outcome)
    return redirect(listing.address)


def _carry_out(form: TogetherForm, seen: list[Seen], *, by: User) -> Outcome:
    data, now = form.cleaned_data, timezone.now()
    if data["act"] == "approve":
        return bulk.approve(seen, by=by, now=now)
    if data["act"] == "spam":
        return bulk.mark_spam(seen, by=by, now=now)
    code, explanation = data["reason"].code, data["explanation"]
    return bulk.reject(seen, by=by, now=now, reason=code, explanation=explanation)


def _say(request: HttpRequest, outcome: Outcome) -> None:
    if outcome.done:
        done = ngettext(
            "%(count)s comment is decided about.",
            "%(count)s comments are decided about.",
            outcome.done,
        )
        messages.success(request, done % {"count": outcome.done})
    if outcome.missed:
        names = ", ".join(comment.user_name or "–" for comment in outcome.missed[:5])
        missed = ngettext(
            "%(count)s comment was changed meanwhile, and stays as it is: %(names)s.",
            "%(count)s comments were changed meanwhile, and stay as they are: %(names)s.",
            len(outcome.missed),
        )
        messages.warning(request, missed % {"count": len(outcome.missed), "names": names})


def _show(
    request: HttpRequest,
    listing: Listing,
    comments: list[Comment],
    form: TogetherForm,
    *,
    wanted: str,
    status: int = 200,
) -> HttpResponse:
    context = {
        "listing": listing,
        "form": form,
        "wanted": wanted,
        "shown": comments[:SHOWN],
        "seen": [Seen.of(comment) for comment in comments],
        "more": max(0, len(comments) - SHOWN),
        "reasons": reasons.in_use(),
        "chosen": request.POST.get("reason", ""),
    }
    return render(request, "moderation/together.html", context, status=status)


def _listing(request: HttpRequest) -> Listing:
    return Listing.behind(request, status=tabs.PENDING)


def _seen(request: HttpRequest) -> list[Seen]:
    words = request.POST.getlist("keus")[: bulk.MOST]
    return [seen for seen in map(Seen.read, words) if seen is not None]
