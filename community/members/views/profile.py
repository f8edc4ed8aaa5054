"""Change one's name."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from community.members.forms.account import NameForm
from users.models import User


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def name(request: HttpRequest) -> HttpResponse:
    """Show the name in a form, and take another one."""
    form = NameForm(request.POST or None, user=cast(User, request.user))
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Your name is changed."))
        return HttpResponseRedirect(reverse("members:home"), status=303)
    status = 422 if form.errors else 200
    return render(request, "members/name.html", {"form": form}, status=status)
