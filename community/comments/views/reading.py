"""Find a comment by its own address."""

import uuid

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_safe

from community.comments.reading import Conversation
from community.comments.views.people import visible


@require_safe
def permalink(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Lead to the comment where it stands in its conversation."""
    comment = visible(request, public_id)
    number = Conversation(comment.page).number_of(comment)
    query = f"?reacties={number}" if number > 1 else ""
    page_url = comment.page.get_url()
    return HttpResponseRedirect(f"{page_url}{query}#{comment.anchor}")
