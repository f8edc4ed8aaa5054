"""What the sitemap lists: every public page, and the chains, authors and so on that are none."""

from collections.abc import Iterator
from datetime import datetime
from urllib.parse import urlsplit

from django.contrib.sitemaps import Sitemap
from django.db.models import Max, QuerySet
from django.urls import reverse
from wagtail.contrib.sitemaps import Sitemap as PageSitemap
from wagtail.query import PageQuerySet

from blog.models import Author, BlogPage, Chain
from core import restrictions
from core.addresses import absolute
from core.models import Organisation
from tools.models import ToolPage, ToolUse

Entry = tuple[str, datetime | None]  # a path, and when it last changed


class PublicPageSitemap(PageSitemap):
    """Every page that anyone may read, under ``BASE_URL`` whatever Wagtail's own record says."""

    def items(self) -> PageQuerySet:
        """Return them as Wagtail would, but for the aliases of private pages."""
        pages = self.get_wagtail_site().root_page.get_descendants(inclusive=True).live()
        public = pages.exclude(restrictions.private())
        return public.order_by("path").defer_streamfields().specific()

    def _urls(self, page: int, protocol: str, domain: str) -> list[dict]:
        entries = super()._urls(page, protocol, domain)
        for entry in entries:
            entry["location"] = absolute(urlsplit(entry["location"]).path)
        return entries


class ThingSitemap(Sitemap):
    """What is no page of Wagtail's, under ``BASE_URL``: `entries` are paths and moments."""

    def entries(self) -> Iterator[Entry]:
        raise NotImplementedError

    def get_urls(
        self, page: int | str = 1, site: object = None, protocol: str | None = None
    ) -> list[dict]:
        return [
            {"location": absolute(path), "lastmod": changed_at}
            for path, changed_at in self.entries()
        ]


class ChainSitemap(ThingSitemap):
    """The list of chains, and each chain; changed when a post in it last was."""

    def entries(self) -> Iterator[Entry]:
        found = Chain.objects.annotate(changed_at=Max("links__post__last_published_at"))
        chains = list(found.order_by("pk"))
        changes = [chain.changed_at for chain in chains if chain.changed_at]
        yield reverse("blog:chains"), max(changes, default=None)
        for chain in chains:
            yield chain.get_absolute_url(), chain.changed_at


class AuthorSitemap(ThingSitemap):
    """Authors of whom everyone can read something; changed when the last of it was."""

    def entries(self) -> Iterator[Entry]:
        changes = _changes(BlogPage.objects.published(), "author_id")
        for author in Author.objects.filter(pk__in=changes).order_by("pk"):
            yield author.get_absolute_url(), changes[author.pk]


class TagSitemap(ThingSitemap):
    """Tags of posts that everyone may read."""

    def entries(self) -> Iterator[Entry]:
        changes = _changes(BlogPage.objects.published(), "tagged_items__tag__slug")
        for slug in sorted(changes):
            yield reverse("blog:tag", args=[slug]), changes[slug]


class OrganisationSitemap(ThingSitemap):
    """Organisations that wrote, made or use something that everyone may read."""

    def entries(self) -> Iterator[Entry]:
        tools = ToolPage.objects.published()
        uses = ToolUse.objects.verified().filter(
            tool__translation_key__in=tools.order_by().values("translation_key")
        )
        by = [
            _changes(BlogPage.objects.published(), "author__organisation_id"),
            _changes(tools, "owner_organisation_id"),
            _changes(uses, "organisation_id", moment="verified_at"),
        ]
        for organisation in Organisation.objects.filter(pk__in=set().union(*by)).order_by("pk"):
            moments = [changes[organisation.pk] for changes in by if organisation.pk in changes]
            path = reverse("home:organisation", args=[organisation.key])
            yield path, max(filter(None, moments), default=None)


def _changes(rows: QuerySet, whose: str, *, moment: str = "last_published_at") -> dict:
    """Return when something of each last changed, by the value of the field ``whose``."""
    known = rows.order_by().filter(**{f"{whose}__isnull": False}).values(whose)
    return dict(known.annotate(changed_at=Max(moment)).values_list(whose, "changed_at"))


SITEMAPS = {
    "pages": PublicPageSitemap,
    "chains": ChainSitemap,
    "authors": AuthorSitemap,
    "organisations": OrganisationSitemap,
    "tags": TagSitemap,
}
