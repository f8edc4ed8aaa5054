"""How often a moderator hears what waits."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from community.moderation import reminding
from community.moderation.team_forms import ReminderForm
from community.moderation.views.desk import may_moderate
from users.models import User


@require_http_methods(["GET", "HEAD", "POST"])
@may_moderate
def reminders(request: HttpRequest) -> HttpResponse:
    """Show what is chosen, and choose."""
    editor = cast(User, request.user)
    if request.method != "POST":
        form = ReminderForm(initial={"rhythm": reminding.chosen_by(editor)})
        return render(request, "moderation/reminders.html", {"form": form})
    form = ReminderForm(request.POST)
    if not form.is_valid():
        return render(request, "moderation/reminders.html", {"form": form}, status=422)
    reminding.choose(editor, rhythm=form.cleaned_data["rhythm"], now=timezone.now())
    messages.success(request, _("Your choice is kept."))
    return HttpResponseRedirect(reverse("moderation:reminders"), status=303)
