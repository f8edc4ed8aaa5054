"""In and out: allauth's doors, and where we ask a little more of them."""

import logging

from allauth.account import views as account
from allauth.account.utils import get_next_redirect_url
from allauth.mfa.webauthn import views as passkeys
from allauth.socialaccount.providers.openid_connect import views as openid
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST
from requests import RequestException

logger = logging.getLogger(__name__)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def login(request: HttpRequest) -> HttpResponse:
    """Log in with a password; or say to whom the account belongs that is logged in here.

    Someone who is sent here by a page that the own account may not open would
    otherwise be sent back, and here again, without end.
    """
    if not request.user.is_authenticated:
        return account.login(request)
    onward = get_next_redirect_url(request)
    if onward is None:
        return HttpResponseRedirect(reverse("members:home"))
    return render(request, "members/logged_in.html", {"onward": onward})


@never_cache
@require_POST
def logout(request: HttpRequest) -> HttpResponse:
    """Log out, or give up halfway; then go on to ``next``."""
    return account.logout(request)


def login_elsewhere(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Send someone to the other site, which tells by itself where its doors are."""
    try:
        return openid.login(request, provider_id)
    except RequestException as error:
        logger.warning("The login at %s is away: %s", provider_id, error)
        return HttpResponseRedirect(reverse("socialaccount_login_error"))


login_by_passkey = require_http_methods(["GET", "POST"])(passkeys.login_webauthn)
