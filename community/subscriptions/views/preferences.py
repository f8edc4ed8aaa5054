"""The pages behind the link in every digest: change, export, erase."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from community.subscriptions import (
    exporting,
    links,
    offers,
    preferences,
    subscriptions,
    tokens,
)
from community.subscriptions.forms import PreferencesForm
from community.subscriptions.models import Subscription
from core.same_origin import same_origin_form
from mail.addresses import masked

METHODS = ["GET", "HEAD", "POST"]
FILE_NAME = "voorkeuren.json"

View = Callable[..., HttpResponse]


def by_token(view: View) -> View:
    """Give ``view`` the subscription of the token in its address, and keep that address in.

    It is kept out of stores and search engines, and out of the Referer of what the page
    links to; a form of ours still says with Origin where it comes from.
    """

    @never_cache
    @wraps(view)
    def wrapped(request: HttpRequest, token: str) -> HttpResponse:
        try:
            response = view(request, preferences.look(token))
        except (Subscription.DoesNotExist, subscriptions.Ended):
            response = render(request, "subscriptions/gone.html", status=410)
        except tokens.BadToken:
            response = render(request, "subscriptions/unknown.html", status=404)
        response["Referrer-Policy"] = "strict-origin"
        response["X-Robots-Tag"] = "noindex"
        return response

    return wrapped


@require_http_methods(METHODS)
@by_token
@same_origin_form
def change(request: HttpRequest, subscription: Subscription) -> HttpResponse:
    """Show what a reader chose, and take other wishes. A GET changes nothing."""
    if request.method != "POST" or subscription.state != Subscription.State.CONFIRMED:
        wanted = offers.known(offers.parse(request.GET.getlist(links.WANTED)))
        form = PreferencesForm(subscription=subscription, wanted=wanted.choices)
        return _page(request, subscription, form)
    sent = offers.sent(request.POST.getlist("about"))
    form = PreferencesForm(request.POST, subscription=subscription, wanted=sent)
    if not form.is_valid():
        return _page(request, subscription, form, status=422)
    changed = preferences.change(
        subscription,
        selection=form.selection,
        schedule=form.schedule,
        language=form.cleaned_data["language"],
        now=timezone.now(),
    )
    form = PreferencesForm(subscription=changed, wanted=())
    return _page(request, changed, form, is_saved=True)


@require_POST
@by_token
@same_origin_form
def export(request: HttpRequest, subscription: Subscription) -> HttpResponse:
    """Give what we keep about the subscription as a file."""
    response = JsonResponse(
        exporting.of(subscription), json_dumps_params={"ensure_ascii": False, "indent": 2}
    )
    response["Content-Disposition"] = f'attachment; filename="{FILE_NAME}"'
    return response


@require_http_methods(METHODS)
@by_token
@same_origin_form
def erase(request: HttpRequest, subscription: Subscription) -> HttpResponse:
    """Ask, then forget."""
    if request.method != "POST":
        address = masked(subscription.email)
        return render(request, "subscriptions/erase.html", {"address": address})
    preferences.erase(subscription, now=timezone.now())
    return render(request, "subscriptions/erased.html")


def _page(
    request: HttpRequest,
    subscription: Subscription,
    form: PreferencesForm,
    *,
    status: int = 200,
    is_saved: bool = False,
) -> HttpResponse:
    context = {
        "address": masked(subscription.email),
        "subscription": subscription,
        "runs": subscription.state == Subscription.State.CONFIRMED,
        "zone": form.zone,
        "form": form,
        "is_saved": is_saved,
        "stop_link": links.unsubscribe(subscription),
    }
    return render(request, "subscriptions/preferences.html", context, status=status)
