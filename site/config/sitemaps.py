"""What the sitemap lists: every public page, and the chains, which are no pages."""

from collections.abc import Iterator
from datetime import datetime
from urllib.parse import urlsplit

from django.contrib.sitemaps import Sitemap
from django.db.models import Max, QuerySet
from django.urls import reverse
from wagtail.contrib.sitemaps import Sitemap as PageSitemap

from blog.models import Chain
from core.addresses import absolute


class PublicPageSitemap(PageSitemap):
    """Every page that anyone may read, under ``BASE_URL`` whatever Wagtail's own record says."""

    def _urls(self, page: int, protocol: str, domain: str) -> list[dict]:
        entries = super()._urls(page, protocol, domain)
        for entry in entries:
            entry["location"] = absolute(urlsplit(entry["location"]).path)
        return entries


class ChainSitemap(Sitemap):
    """The list of chains, and each chain; changed when a post in it last was."""

    def items(self) -> QuerySet[Chain]:
        return Chain.objects.annotate(changed_at=Max("links__post__last_published_at")).order_by(
            "pk"
        )

    def get_urls(
        self, page: int | str = 1, site: object = None, protocol: str | None = None
    ) -> list[dict]:
        """Return one entry for the list and one for each chain, under ``BASE_URL``."""
        return list(self._entries())

    def _entries(self) -> Iterator[dict]:
        chains = list(self.items())
        changes = [chain.changed_at for chain in chains if chain.changed_at]
        yield self._entry(reverse("blog:chains"), max(changes, default=None))
        for chain in chains:
            yield self._entry(chain.get_absolute_url(), chain.changed_at)

    def _entry(self, path: str, changed_at: datetime | None) -> dict:
        return {"location": absolute(path), "lastmod": changed_at}


SITEMAPS = {"pages": PublicPageSitemap, "chains": ChainSitemap}
