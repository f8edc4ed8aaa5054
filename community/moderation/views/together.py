"""One decision about many comments: asked first, then done in one transaction."""

import json
from collections.abc import Generator, Iterator
from typing import cast

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from community.comments.models import Comment
from community.moderation import bulk, overtaking, reasons, sightings, tabs, undoing
from community.moderation.bulk import Outcome, Steps
from community.moderation.forms import TogetherForm
from community.moderation.models import Act
from community.moderation.sightings import MOST, Open, Seen
from community.moderation.views.desk import may_moderate
from community.moderation.views.listing import Listing
from community.moderation.views.sentences import missed
from users.models import User

SHOWN = 20  # comments on the page that asks
MAX_DIGITS = 18  # of the key of a row; a database refuses larger ones
LINES = "application/x-ndjson"  # a line of JSON after each step


@require_POST
@may_moderate
def ask(request: HttpRequest) -> HttpResponse:
    """Show what is about to be decided about, and ask to confirm it; nothing changes."""
    listing = _listing(request)
    if "alles" in request.POST:
        found = listing.comments(request).select_related("page", "user")
        comments, changed = list(found[:MOST]), []
    else:
        comments, changed = _ticked(request)
    if not comments:
        nothing = _("Nothing was ticked, so nothing was done.")
        messages.warning(request, missed(overtaking.all_handled(changed)) if changed else nothing)
        return redirect(listing.address)
    form = TogetherForm(initial={"act": request.POST.get("act", "")})
    return _show(request, listing, comments, changed, form)


@require_POST
@may_moderate
def act(request: HttpRequest) -> HttpResponseBase:
    """Decide about all that was confirmed; what someone else was first with stays as it is."""
    listing, seen = _listing(request), _seen(request)
    form = TogetherForm(request.POST)
    if not form.is_valid():
        return _show(request, listing, *_ticked(request), form, status=422)
    steps = _steps(form, seen, by=cast(User, request.user))
    if request.headers.get("Accept", "").startswith(LINES):
        return _follow(steps, listing, of=len(seen))
    for level, text in _what_came_of(bulk.to_the_end(steps)):
        messages.add_message(request, level, text)
    return redirect(listing.address)


@require_POST
@may_moderate
def undo(request: HttpRequest, act_id: int) -> HttpResponse:
    """Take back all that was decided at once with one of one's own acts."""
    act = get_object_or_404(Act.objects.filter(moderator_id=request.user.pk), pk=act_id)
    listing = Listing.behind(request, status=act.from_status or tabs.PENDING)
    editor = cast(User, request.user)
    done, others = undoing.undo_together(act, by=editor, now=timezone.now())
    if not done and not others:
        messages.warning(request, _("This can no longer be undone."))
    if done:
        text = ngettext("%(count)s decision is undone.", "%(count)s decisions are undone.", done)
        messages.success(request, text % {"count": done})
    if others:
        messages.warning(request, missed(others))
    return redirect(listing.address)


def _steps(form: TogetherForm, seen: list[Seen], *, by: User) -> Steps:
    data, now = form.cleaned_data, timezone.now()
    if data["act"] == "approve":
        return bulk.approving(seen, by=by, now=now)
    if data["act"] == "spam":
        return bulk.marking_spam(seen, by=by, now=now)
    code, explanation = data["reason"].code, data["explanation"]
    return bulk.rejecting(seen, by=by, now=now, reason=code, explanation=explanation)


def _follow(steps: Steps, listing: Listing, *, of: int) -> StreamingHttpResponse:
    """Say after each step how far it is, a line of JSON each, and what came of it at the end.

    A browser that hangs up leaves everything as it was.
    """
    lines = _lines(steps, listing, of, get_language() or settings.LANGUAGE_CODE)
    return StreamingHttpResponse(
        lines, content_type=LINES, headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    )


def _lines(steps: Steps, listing: Listing, of: int, language: str) -> Iterator[str]:
    """Yield the lines; they are made when the request's own language is no longer set."""
    outcome = yield from _progress(steps, of)
    with translation.override(language):
        said = [text for _level, text in _what_came_of(outcome)]
    yield _line(said=said, address=listing.address)


def _progress(steps: Steps, of: int) -> Generator[str, None, Outcome]:
    while True:
        try:
            yield _line(done=next(steps), of=of)
        except StopIteration as end:
            return end.value


def _line(**values) -> str:
    return json.dumps(values, default=str) + "\n"


def _what_came_of(outcome: Outcome) -> Iterator[tuple[int, str]]:
    """Yield what to say of it, each with how grave it is."""
    if outcome.done:
        done = ngettext(
            "%(count)s comment is decided about.",
            "%(count)s comments are decided about.",
            outcome.done,
        )
        yield messages.SUCCESS, done % {"count": outcome.done}
    if outcome.missed:
        yield messages.WARNING, missed(outcome.missed)
    if outcome.barred:
        barred = ngettext(
            "%(count)s comment waits for another editor: you decided before what is objected to.",
            "%(count)s comments wait for another editor: you decided before what is objected to.",
            len(outcome.barred),
        )
        yield messages.WARNING, barred % {"count": len(outcome.barred)}
    if outcome.left:
        left = ngettext(
            "%(count)s comment stays as it is: from there it cannot become that.",
            "%(count)s comments stay as they are: from there they cannot become that.",
            outcome.left,
        )
        yield messages.INFO, left % {"count": outcome.left}


def _show(
    request: HttpRequest,
    listing: Listing,
    comments: list[Comment],
    changed: list[Comment],
    form: TogetherForm,
    *,
    status: int = 200,
) -> HttpResponse:
    """Ask about ``comments``, and say what others did with those that ``changed`` meanwhile."""
    context = {
        "listing": listing,
        "form": form,
        "wanted": request.POST.get("act", ""),
        "shown": comments[:SHOWN],
        "seen": [Seen.of(comment) for comment in comments],
        "open": Open.about(comments),
        "missed": missed(overtaking.all_handled(changed)) if changed else "",
        "more": max(0, len(comments) - SHOWN),
        "reasons": reasons.in_use(),
        "chosen": request.POST.get("reason", ""),
    }
    return render(request, "moderation/together.html", context, status=status)


def _listing(request: HttpRequest) -> Listing:
    return Listing.behind(request, status=tabs.PENDING)


def _ticked(request: HttpRequest) -> tuple[list[Comment], list[Comment]]:
    """Return what was ticked and is as it was seen, and what changed meanwhile."""
    seen = _seen(request)
    return sightings.sort(sightings.find(seen), seen)


def _seen(request: HttpRequest) -> list[Seen]:
    """Return what was ticked, each with what stood beside it as open."""
    words = request.POST.getlist("keus")[:MOST]
    known = [seen for seen in map(Seen.read, words) if seen is not None]
    return Open(_keys(request, "zaak"), _keys(request, "bezwaar")).added_to(known)


def _keys(request: HttpRequest, name: str) -> list[int]:
    """Return the keys of rows that the fields called ``name`` hold; others are passed over."""
    words = [word for word in request.POST.getlist(name)[:MOST] if word.isascii()]
    return [int(word) for word in words if word.isdecimal() and len(word) <= MAX_DIGITS]
