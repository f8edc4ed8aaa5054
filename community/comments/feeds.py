"""Atom feeds of comments: of the whole site, and of one page; only what anyone may read."""

import datetime as dt

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page
from wagtail.models import Page

from blog.feeds import plain
from community.comments import pages
from community.comments.models import Comment
from core import finding
from core.addresses import absolute, home

COMMENTS_IN_FEED = 50


class _AtomWithContent(Atom1Feed):
    """Atom whose entries hold the whole text, not a summary of it."""

    def add_item_elements(self, handler, item: dict) -> None:  # type: ignore[no-untyped-def]
        super().add_item_elements(handler, item)
        handler.addQuickElement("content", item["content"], {"type": "html"})


class Entries(Feed):
    """How a comment stands in a feed: its name, moment, address and text, nothing else."""

    feed_type = _AtomWithContent

    def item_title(self, item: Comment) -> str:
        words = {"name": item.user_name, "title": item.page.title}
        return plain(_("%(name)s with “%(title)s”") % words)

    def item_description(self, item: Comment) -> None:  # type: ignore[override]
        """Return nothing: the whole text is there."""

    def item_extra_kwargs(self, item: Comment) -> dict[str, str]:
        return {"content": plain(item.text_html)}

    def item_link(self, item: Comment) -> str:
        return absolute(item.get_absolute_url())

    def item_guid(self, item: Comment) -> str:
        return item.public_id.urn

    def item_author_name(self, item: Comment) -> str:
        return plain(item.user_name)

    def item_pubdate(self, item: Comment) -> dt.datetime:
        return item.submit_date

    def item_updateddate(self, item: Comment) -> dt.datetime:
        return max(filter(None, [item.submit_date, item.decided_at, item.edited_at]))


class SiteFeed(Entries):
    """The newest comments on pages that anyone may read."""

    def title(self) -> str:
        return _("Comments – %(site)s") % {"site": settings.WAGTAIL_SITE_NAME}

    def subtitle(self) -> str:
        return _("What readers write, newest first.")

    def link(self) -> str:
        return home()

    def feed_url(self) -> str:
        return absolute(reverse("comments:feed"))

    def items(self) -> list[Comment]:
        public = Comment.objects.visible().on_public_pages()
        newest = list(public.order_by("-decided_at", "-pk")[:COMMENTS_IN_FEED])
        found = finding.by_pks({comment.page_id for comment in newest})
        shown = {pk: page for pk, page in found.items() if pages.is_public(page)}
        return [_on(shown[item.page_id], item) for item in newest if item.page_id in shown]


class PageFeed(Entries):
    """The newest comments on one page."""

    def get_object(self, request: HttpRequest, page_id: int) -> Page:
        page = pages.shown(page_id)
        if page is None or not pages.is_public(page):
            raise Http404
        return page

    def title(self, page: Page) -> str:
        return plain(_("Comments with “%(title)s”") % {"title": page.title})

    def link(self, page: Page) -> str:
        return absolute(f"{page.get_absolute_url()}#reacties")

    def feed_url(self, page: Page) -> str:
        return absolute(reverse("comments:page_feed", args=[page.pk]))

    def items(self, page: Page) -> list[Comment]:
        comments = Comment.objects.visible().filter(page_id=page.pk)
        newest = comments.order_by("-decided_at", "-pk")[:COMMENTS_IN_FEED]
        return [_on(page, comment) for comment in newest]


def _on(page: Page, comment: Comment) -> Comment:
    comment.page = page
    return comment


site = conditional_page(SiteFeed())
page = conditional_page(PageFeed())
