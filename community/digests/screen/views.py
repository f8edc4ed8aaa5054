"""See who is due and how past runs went; introduce, hold and release the next digests."""

from datetime import datetime
from typing import cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from community.digests import due, holds, introductions, lateness, rights, runs, trying
from community.digests.screen.forms import IntroductionForm
from users.models import User

may_manage = permission_required(rights.MANAGE, raise_exception=True)


@require_safe
@may_manage
def overview(request: HttpRequest) -> HttpResponse:
    """Show it all; changes nothing."""
    return _show(request, IntroductionForm(written=introductions.current()))


@require_POST
@may_manage
def try_out(request: HttpRequest) -> HttpResponse:
    """Show what would be mailed now. By POST, for it may cut pictures to size."""
    trial = trying.trial(now=timezone.now())
    return render(request, "digests/screen/trial.html", {"trial": trial})


@require_POST
@may_manage
def test(request: HttpRequest) -> HttpResponse:
    """Mail the editor who asks what is new, through the outbox."""
    editor = cast(User, request.user)
    if not editor.email:
        messages.error(request, _("There is no email address in your profile."))
        return _back()
    try:
        language = get_language() or settings.LANGUAGE_CODE
        trying.send_test(to=editor, language=language, now=timezone.now())
    except trying.NothingToTell:
        messages.error(request, _("There is nothing new to make a test of."))
    else:
        address = {"address": editor.email}
        messages.success(request, _("The test is on its way to %(address)s.") % address)
    return _back()


@require_POST
@may_manage
def introduce(request: HttpRequest) -> HttpResponse:
    """Take what the editors say first in the next digest."""
    form = IntroductionForm(request.POST, written={})
    if not form.is_valid():
        return _show(request, form, status=422)
    introductions.write(form.texts(), by=cast(User, request.user), now=timezone.now())
    messages.success(request, _("The introduction is kept."))
    return _back()


@require_POST
@may_manage
def hold(request: HttpRequest) -> HttpResponse:
    """Make no digests until someone lets them go."""
    holds.hold(by=cast(User, request.user), now=timezone.now())
    messages.success(request, _("The digests are held. What is on its way already still arrives."))
    return _back()


@require_POST
@may_manage
def release(request: HttpRequest) -> HttpResponse:
    """Let the digests go again."""
    holds.release(by=cast(User, request.user), now=timezone.now())
    messages.success(request, _("The digests go out again, with the next run."))
    return _back()


def _show(request: HttpRequest, form: IntroductionForm, *, status: int = 200) -> HttpResponse:
    now = timezone.now()
    context = {
        "agenda": due.agenda(now=now),
        "hold": holds.current(),
        "late_since": _late_since(now),
        "form": form,
        "runs": runs.latest(),
    }
    return render(request, "digests/screen/overview.html", context, status=status)


def _late_since(now: datetime) -> datetime | None:
    """Return when the run was to come that has not, if it is late."""
    late = lateness.late_by(now=now)
    return None if late is None else now - late


def _back() -> HttpResponse:
    return HttpResponseRedirect(reverse("overzichten:overview"), status=303)
