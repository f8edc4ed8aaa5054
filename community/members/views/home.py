"""What a member sees of the own account, on a page and in the head of every page."""

from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from community.members import marking, own_comments, subscribing
from community.subscriptions import links
from users.models import User


@never_cache
@require_safe
@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Show a member's own account, and the own comments, each with its state."""
    member, number = cast(User, request.user), request.GET.get("pagina")
    subscription = subscribing.of(member)
    context = {
        "comments": own_comments.page_of(member, request, number=number, now=timezone.now()),
        "subscription": subscription,
        "preferences_link": links.preferences(subscription) if subscription else "",
        "conversations": subscribing.conversations_of(member),
    }
    return render(request, "members/home.html", context)


@never_cache
@require_safe
def fragment(request: HttpRequest) -> HttpResponse:
    """Return a member's part of the header of a stored page; nothing for a stranger."""
    if request.user.is_authenticated:
        return render(request, "members/fragment.html")
    response = HttpResponse(status=204)
    marking.unmark(response)
    return response
