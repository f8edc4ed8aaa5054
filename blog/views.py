"""The chains, authors and tags as pages of their own."""

from django.core.paginator import Page as PageOfPosts
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from taggit.models import Tag

from blog import chains as rules
from blog.models import Author, BlogPage, Chain
from blog.models.posts import POSTS_PER_PAGE, BlogPageQuerySet
from core import keys


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


@require_safe
def author(request: HttpRequest, key: str) -> HttpResponse:
    """Show who somebody is and what they wrote; who has nothing public has no page.

    So nobody learns here whom the editors have written down, or asked.
    """
    people = Author.objects.select_related("organisation", "photo")
    found = get_object_or_404(people, pk=keys.pk_of(key))
    posts = _posts(request, BlogPage.objects.published().filter(author=found))
    if key != found.key:
        return redirect(found, permanent=True)
    return render(request, "blog/author.html", {"author": found, "posts": posts})


@require_safe
def tag(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the posts with one tag; a tag without any that everyone may read has no page."""
    if not slug.isprintable():
        raise Http404
    found = get_object_or_404(Tag, slug=slug)
    posts = _posts(request, BlogPage.objects.published().filter(tagged_items__tag=found))
    return render(request, "blog/tag.html", {"tag": found, "posts": posts})


def _posts(request: HttpRequest, posts: BlogPageQuerySet) -> PageOfPosts:
    """Return the page of ``posts`` that was asked for, each once.

    Raises `Http404` when there are none.
    """
    shown = posts.once_in(get_language() or "").with_card_fields()
    page = Paginator(shown, POSTS_PER_PAGE).get_page(request.GET.get("pagina"))
    if not page.object_list:
        raise Http404
    return page
