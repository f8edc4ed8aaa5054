"""The English side: the pages whose manuscript stands in ``texts/en``."""

from blog.models import BlogPage
from home import tree
from home.demo import pages
from home.demo.moments import Clock
from home.demo.shelf import Shelf
from home.setup import Tree
from tools.models import ToolPage


def add(site: Tree, shelf: Shelf, clock: Clock) -> None:
    """Translate tools and posts, each a day after it appeared in Dutch."""
    library = pages.library(site, shelf, locale=site.english)
    for slug, text in pages.texts("en", "tools"):
        tool = ToolPage.objects.child_of(site.tools).get(slug=text.head["translates"])
        fields = pages.tool_fields(text) | {"body": text.stream(library)}
        _put_up(tool, slug, site, clock, fields)
    for slug, text in pages.texts("en", "posts"):
        post = BlogPage.objects.child_of(site.blog).get(slug=text.head["translates"])
        fields = pages.post_fields(text) | {"body": text.stream(library)}
        _put_up(post, slug, site, clock, fields)


def _put_up(page: BlogPage | ToolPage, slug: str, site: Tree, clock: Clock, fields: dict) -> None:
    days = (clock.now - page.first_published_at).days - 1
    at = clock.ago(days=max(days, 0))
    tree.put_up_translation(page, site.english, at=at, slug=slug, **fields)
