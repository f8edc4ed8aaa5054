"""The pages of a subscription: asking, confirming, ending."""

from collections.abc import Collection

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from community.subscriptions import consent, expecting, offers, schedules, subscriptions, tokens
from community.subscriptions.forms import SubscribeForm
from community.subscriptions.links import WANTED
from community.subscriptions.models import Subscription
from community.subscriptions.offers import Pair
from community.subscriptions.selections import Selection
from core import networks
from core.forms import asked_again
from core.same_origin import same_origin_form
from mail.addresses import one_line

GONE = (tokens.Expired, subscriptions.Ended, Subscription.DoesNotExist)
LONGEST_ADDRESS = 254  # characters, RFC 5321
BEFOREHAND = "vooraf"  # the button on other pages
CHOOSES = "keuze"  # in a form that asks what about


@require_http_methods(["GET", "HEAD", "POST"])
@same_origin_form
def subscribe(request: HttpRequest) -> HttpResponse:
    """Show the form, or take it and say the same to everyone: look in your mailbox.

    Other pages send an address before its reader has agreed to anything
    (`BEFOREHAND`): it is filled in on the form, and nothing else is done with it. What
    they are about is ticked there (`links.WANTED`).
    """
    if request.method != "POST" or BEFOREHAND in request.POST:
        email = one_line(request.POST.get("email", ""))[:LONGEST_ADDRESS]
        wanted = _wanted([*request.GET.getlist(WANTED), *request.POST.getlist(WANTED)])
        initial = {"email": email, **asked_again(request)}
        return _form(request, SubscribeForm(initial=initial, wanted=wanted))
    form = SubscribeForm(request.POST, wanted=_sent(request))
    if form.is_trapped:
        return render(request, "subscriptions/requested.html")
    if not form.is_valid():
        return _form(request, form, status=422)
    now = timezone.now()
    subscriptions.request(
        email=form.cleaned_data["email"],
        frequency=form.cleaned_data["frequency"],
        weekday=form.cleaned_data["weekday"],
        hour=form.cleaned_data["hour"],
        language=get_language(),
        consent=consent.given_on(request.path),
        now=now,
        selection=form.selection,
        network_key=networks.key(request, day=now.date()),
    )
    return render(request, "subscriptions/requested.html")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@same_origin_form
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Ask, then confirm. Mail scanners open every link, so a GET changes nothing."""
    try:
        if request.method != "POST":
            agreement = subscriptions.look(token)
            about = offers.that_exist(Selection.of(agreement.choices))
            is_usual = schedules.is_usual(agreement)
            context = {"agreement": agreement, "about": about, "is_usual": is_usual}
            return render(request, "subscriptions/confirm.html", context)
        subscription = subscriptions.confirm(token, now=timezone.now())
    except GONE:
        return render(request, "subscriptions/gone.html", status=410)
    except tokens.BadToken:
        return render(request, "subscriptions/unknown.html", status=404)
    return render(request, "subscriptions/confirmed.html", {"subscription": subscription})


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Ask, then end. The POST may come from a mail program, by RFC 8058.

    That one has no cookie and no token but the one in the address, which is the
    authority; the answer is a 200 and never a redirect. It works for ever.
    """
    try:
        if request.method != "POST":
            tokens.read(tokens.UNSUBSCRIBE, token)
            return render(request, "subscriptions/unsubscribe.html")
        subscriptions.end_by_link(token, now=timezone.now())
    except tokens.BadToken:
        return render(request, "subscriptions/unknown.html", status=404)
    return render(request, "subscriptions/unsubscribed.html")


def _wanted(values: list[str]) -> Collection[Pair] | None:
    """Return what there is of what was asked for; ``None`` where nothing is."""
    return offers.known(offers.parse(values)).choices or None


def _sent(request: HttpRequest) -> Collection[Pair] | None:
    """Return what a form with choices sent, which may be nothing; ``None`` from one without."""
    return offers.sent(request.POST.getlist("about")) if CHOOSES in request.POST else None


def _form(request: HttpRequest, form: SubscribeForm, *, status: int = 200) -> HttpResponse:
    context = {"form": form, "chooses": CHOOSES, "expected": expecting.of(form.asked)}
    return render(request, "subscriptions/subscribe.html", context, status=status)
