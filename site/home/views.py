"""The pages of organisations, where posts and tools meet."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from blog.models.posts import POSTS_PER_PAGE
from core import keys
from core.models import Organisation
from home import organisations


@require_safe
def organisation(request: HttpRequest, key: str) -> HttpResponse:
    """Show what an organisation wrote, made and uses; one with nothing public has no page."""
    found = get_object_or_404(Organisation, pk=keys.pk_of(key))
    work = organisations.work(found, language=get_language() or "")
    posts = Paginator(work.posts, POSTS_PER_PAGE).get_page(request.GET.get("pagina"))
    if not (posts.object_list or work.tools or work.used):
        raise Http404
    if key != found.key:
        return redirect("home:organisation", found.key, permanent=True)
    context = {"organisation": found, "posts": posts, "tools": work.tools, "used": work.used}
    return render(request, "home/organisation.html", context)
