"""Find a comment by its own address."""

import uuid

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from community.comments.reading import Conversation
from community.comments.views.people import visible


@require_safe
def permalink(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Lead to the comment where it stands: on its page, or else among its thread."""
    comment = visible(request, public_id)
    conversation = Conversation(comment.page)
    if conversation.is_withheld(comment):
        address = reverse("comments:replies", args=[public_id])
        query = f"?pagina={conversation.number_in_thread(comment)}"
    else:
        address, number = comment.page.get_url(), conversation.number_of(comment)
        query = f"?reacties={number}" if number > 1 else ""
    return HttpResponseRedirect(f"{address}{query}#{comment.anchor}")
