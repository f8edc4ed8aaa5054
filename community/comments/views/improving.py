"""The form in which a writer improves what was refused; what is sent comes in as any other."""

import uuid

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from community.comments import improving, own, pages
from community.comments.views import posting


@never_cache
@require_safe
def improve(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Show the form of the page with the own text in it, if the page still takes comments."""
    comment = own.find(request, public_id)
    page = pages.readable(request, comment.page_id)
    if page is None or comment.status not in improving.IMPROVABLE:
        return HttpResponseRedirect(own.path("state", comment, request), status=303)
    if not pages.takes_comments(page):
        return posting.closed(request, page, text=comment.comment)
    form = posting.form_of(request)(initial=improving.draft(comment))
    return posting.show_form(request, page, form)
