"""See who is due and how past runs went; hold the digests and let them go."""

from datetime import datetime
from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from community.digests import due, holds, lateness, rights, runs
from users.models import User

may_manage = permission_required(rights.MANAGE, raise_exception=True)


@require_safe
@may_manage
def overview(request: HttpRequest) -> HttpResponse:
    """Show it all; changes nothing."""
    now = timezone.now()
    context = {
        "agenda": due.agenda(now=now),
        "hold": holds.current(),
        "late_since": _late_since(now),
        "runs": runs.latest(),
    }
    return render(request, "digests/screen/overview.html", context)


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


def _late_since(now: datetime) -> datetime | None:
    """Return when the run was to come that has not, if it is late."""
    late = lateness.late_by(now=now)
    return None if late is None else now - late


def _back() -> HttpResponse:
    return HttpResponseRedirect(reverse("overzichten:overview"), status=303)
