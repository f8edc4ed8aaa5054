"""The form of a comment once more, with the words that were refused."""

import uuid

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from community.comments import own, pages
from community.comments.forms import CommentForm, MemberCommentForm
from community.comments.views.people import member_of
from community.moderation import improving, objections


@never_cache
@require_safe
def again(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Show the form with the own text in it; where nothing can be sent, how the comment stands."""
    comment = own.find(request, public_id)
    page, member = comment.page.specific, member_of(request)
    if not pages.is_readable(page, request) or not improving.is_possible(comment, page):
        return HttpResponseRedirect(own.path("state", comment, request), status=303)
    form_class = MemberCommentForm if member else CommentForm
    context = {
        "page": page,
        "form": form_class(initial=improving.draft(comment)),
        "member": member,
        "refusal": objections.refusal(comment),
    }
    return render(request, "moderation/own/again.html", context)
