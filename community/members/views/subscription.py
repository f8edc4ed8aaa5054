"""End the subscription of one's own address."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from community.members import subscribing
from community.subscriptions import subscriptions
from users.models import User


@never_cache
@require_POST
@login_required
def end(request: HttpRequest) -> HttpResponse:
    """Stop the digests; twice is harmless."""
    subscription = subscribing.of(cast(User, request.user))
    if subscription is not None:
        subscriptions.end(subscription, now=timezone.now())
    messages.success(request, _("You get no more digests."))
    return HttpResponseRedirect(reverse("members:home"), status=303)
