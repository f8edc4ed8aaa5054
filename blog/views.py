"""The chains as pages of their own."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from blog import chains as rules
from blog.models import Chain


@require_safe
def chains(request: HttpRequest) -> HttpResponse:
    """Show every chain, newest first, with whose turn it is."""
    return render(request, "blog/chains.html", {"overview": rules.overview()})


@require_safe
def chain(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one chain: who wrote, whose turn it is, who is still to come."""
    found = get_object_or_404(Chain.objects.select_related("image"), slug=slug)
    places = rules.places(found)
    context = {
        "chain": found,
        "places": places,
        "written": sum(place.is_written for place in places),
        "above": [(reverse("blog:chains"), _("The chain"))],
    }
    return render(request, "blog/chain.html", context)
