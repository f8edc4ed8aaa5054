"""Atom feeds: the posts of the site, and the posts of one chain."""

import datetime as dt
import unicodedata

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from blog.models import BlogPage, Chain
from core.addresses import absolute, home

POSTS_IN_FEED = 20
_NOT_IN_XML = {"\ufffe", "\uffff"}  # one of them, and no feed reader takes the feed


def plain(text: str) -> str:
    """Return ``text`` without the characters that XML 1.0 has no place for."""
    return "".join(sign for sign in text if sign in "\n\t" or _fits(sign))


def _fits(sign: str) -> bool:
    return unicodedata.category(sign) not in {"Cc", "Cs"} and sign not in _NOT_IN_XML


class Entries(Feed):
    """How a post stands in a feed."""

    feed_type = Atom1Feed

    def item_title(self, item: BlogPage) -> str:
        return plain(item.title)

    def item_description(self, item: BlogPage) -> str:
        return plain(item.introduction)

    def item_link(self, item: BlogPage) -> str:
        return absolute(item.get_absolute_url())

    def item_author_name(self, item: BlogPage) -> str | None:
        return plain(item.author.name) if item.author else None

    def item_pubdate(self, item: BlogPage) -> dt.datetime:
        """Return the start of the post's day in the site's time zone."""
        return timezone.make_aware(dt.datetime.combine(item.date, dt.time()))

    def item_updateddate(self, item: BlogPage) -> dt.datetime:
        return item.last_published_at or self.item_pubdate(item)


class PostsFeed(Entries):
    """The newest posts in the language of the address."""

    def title(self) -> str:
        return settings.WAGTAIL_SITE_NAME

    def subtitle(self) -> str:
        return _("Posts about how a smart city is made.")

    def link(self) -> str:
        return home()

    def feed_url(self) -> str:
        return absolute(reverse("blog:feed"))

    def items(self) -> list[BlogPage]:
        posts = BlogPage.objects.published().filter(locale__language_code=get_language())
        return list(posts.select_related("author")[:POSTS_IN_FEED])


class ChainFeed(Entries):
    """The posts of one chain, newest first."""

    def get_object(self, request: HttpRequest, slug: str) -> Chain:
        return get_object_or_404(Chain, slug=slug)

    def title(self, chain: Chain) -> str:
        return plain(f"{chain.name} – {settings.WAGTAIL_SITE_NAME}")

    def subtitle(self, chain: Chain) -> str:
        return plain(chain.question)

    def link(self, chain: Chain) -> str:
        return absolute(chain.get_absolute_url())

    def feed_url(self, chain: Chain) -> str:
        return absolute(reverse("blog:chain_feed", args=[chain.slug]))

    def items(self, chain: Chain) -> list[BlogPage]:
        posts = BlogPage.objects.published().filter(link__chain=chain)
        return list(posts.select_related("author")[:POSTS_IN_FEED])
