"""Choose which mails at once one gets."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from community.members.forms.notifications import NotificationsForm
from community.moderation import decisions
from community.notifications import silences
from users.models import User


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def notifications(request: HttpRequest) -> HttpResponse:
    """Show what is on, and take another choice."""
    member = cast(User, request.user)
    is_moderator = member.has_perm(decisions.MODERATE)
    if request.method != "POST":
        form = NotificationsForm.of(silences.chosen_by(member), is_moderator=is_moderator)
        return render(request, "members/notifications.html", {"form": form})
    form = NotificationsForm(request.POST, is_moderator=is_moderator)
    if not form.is_valid():
        return render(request, "members/notifications.html", {"form": form}, status=422)
    silences.choose(member, silent=form.silent, now=timezone.now())
    messages.success(request, _("Your choice is kept."))
    return HttpResponseRedirect(reverse("members:home"), status=303)
