"""The yearly figures at ``/admin/reacties/cijfers/``: count them anew, then go and publish."""

from typing import cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from community.moderation import figures as yearly
from community.moderation.team_forms import YearForm
from community.moderation.views.desk import may_moderate
from users.models import User


@require_http_methods(["GET", "HEAD", "POST"])
@may_moderate
def figures(request: HttpRequest) -> HttpResponse:
    """List the pages of figures, and make or renew the draft of a year."""
    user, now = cast(User, request.user), timezone.now()
    this_year = timezone.localdate(now).year
    if request.method != "POST":
        return _show(request, YearForm(this_year=this_year))
    if not yearly.may_draft(user):
        raise PermissionDenied
    form = YearForm(request.POST, this_year=this_year)
    if not form.is_valid():
        return _show(request, form, status=422)
    year = form.cleaned_data["year"]
    if yearly.draft(year, by=user, now=now):
        messages.success(request, _("The draft of %(year)s is ready.") % {"year": year})
    else:
        messages.error(request, _("There is no home page yet to put the figures under."))
    return HttpResponseRedirect(reverse("moderation:figures"), status=303)


def _show(request: HttpRequest, form: YearForm, *, status: int = 200) -> HttpResponse:
    user = cast(User, request.user)
    may_draft = yearly.may_draft(user)
    pages = list(yearly.drafts())
    context = {"form": form, "pages": pages, "may_draft": may_draft}
    return render(request, "moderation/figures.html", context, status=status)
