"""The page of a digest on the site."""

import uuid

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from community.digests import editions, wording
from community.digests.models import Edition


@require_safe
def edition(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Show what a digest told, as far as everyone may still read it, in the page's language."""
    found = get_object_or_404(Edition, public_id=public_id)
    news = editions.read(found, language=get_language() or settings.LANGUAGE_CODE)
    context = {"news": news, "period": wording.period(news)}
    response = render(request, "digests/edition.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response
