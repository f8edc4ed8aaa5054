"""Appreciate a comment, and find back what one appreciated."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from community.comments import appreciating, pages
from community.comments import own as writing
from community.comments.views.people import visible, who
from core.same_origin import same_origin_form


@never_cache
@same_origin_form
@require_http_methods(["GET", "HEAD", "POST"])
def appreciate(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Count one sign of appreciation, or take it back; a GET asks with a button.

    A script that asks for JSON gets ``{"count", "given"}``.
    """
    comment, person = visible(request, public_id), who(request)
    given = str(comment.public_id) in _given_on(comment.page_id, person)
    if request.method == "POST":
        given = request.POST.get("terug") is None
        try:
            (appreciating.give if given else appreciating.take_back)(comment, **person)
        except appreciating.NotThere as gone:
            raise Http404 from gone
        except appreciating.NotKnown:
            context = {"comment": comment, "next": comment.get_absolute_url()}
            return render(request, "comments/not_known.html", context, status=403)
        comment.refresh_from_db(fields=["appreciation"])
    if request.headers.get("Accept") == "application/json":
        return JsonResponse({"count": comment.appreciation, "given": given})
    return render(request, "comments/appreciate.html", {"comment": comment, "given": given})


@never_cache
@require_safe
def own(request: HttpRequest, page_id: int) -> HttpResponse:
    """Return what a page's conversation holds of this reader's own, for scripts."""
    page = pages.with_comments(request, page_id)
    written = writing.written_on(request, page.pk).visible().values_list("public_id", flat=True)
    return JsonResponse(
        {"appreciated": sorted(_given_on(page.pk, who(request))), "written": sorted(written)}
    )


def _given_on(page_id: int, person: dict) -> set[str]:
    return appreciating.given_on(page_id, **person) if any(person.values()) else set()
