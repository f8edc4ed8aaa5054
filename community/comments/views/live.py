"""What a page with a conversation asks while someone reads and writes on it."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from community.comments import live, pages, text
from core.same_origin import same_origin_form


@never_cache
@require_safe
def news(request: HttpRequest, page_id: int) -> JsonResponse:
    """Return how many comments appeared after the key ``na``, and the key of the last.

    Where there are any, ``url`` leads to the first of them, wherever it stands. For a
    page that this reader may not see nothing is new, ever: then nobody learns from
    the answer whether it is there. Mostly one query.
    """
    key = request.GET.get("na", "")
    found = live.since(page_id, key)
    if not found.count or pages.readable(request, page_id) is None:
        return JsonResponse({"count": 0, "key": key})
    first = found.first()
    url = first.get_absolute_url() if first else ""
    return JsonResponse({"count": found.count, "key": found.key, "url": url})


@never_cache
@same_origin_form
@require_POST
def preview(request: HttpRequest) -> HttpResponse:
    """Return a text as readers will see it. Asks no database and keeps nothing."""
    return HttpResponse(text.to_preview(request.POST.get("comment", "")))
