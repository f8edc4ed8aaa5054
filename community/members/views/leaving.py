"""End one's account."""

from typing import cast

from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from community.members import erasing
from community.members.erasing import Fate
from community.members.forms.account import EraseForm
from users.models import User


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def erase(request: HttpRequest) -> HttpResponse:
    """Ask what should happen to the comments, then end the account and log out."""
    user = cast(User, request.user)
    if erasing.has_duties(user):
        return render(request, "members/has_duties.html", status=409 if request.POST else 200)
    form = EraseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        erasing.erase(user, comments=Fate(form.cleaned_data["comments"]), now=timezone.now())
        logout(request)
        return HttpResponseRedirect(reverse("members:erased"), status=303)
    status = 422 if request.method == "POST" else 200
    return render(request, "members/erase.html", {"form": form}, status=status)


@never_cache
@require_safe
def erased(request: HttpRequest) -> HttpResponse:
    """Say goodbye."""
    return render(request, "members/erased.html")
