"""The abstract bases of all pages."""

from typing import ClassVar, Self

from django.db import models
from django.http import HttpRequest
from wagtail.models import Page, PageViewRestriction
from wagtail.query import PageQuerySet

from core import restrictions


class BasePageQuerySet(PageQuerySet):
    def private_q(self) -> models.Q:
        """Return which pages `public` leaves out: aliases of private pages as well."""
        return restrictions.private()

    def once_in(self, language: str) -> Self:
        """Each of these once: in ``language`` if it is there, and else in another."""
        translated = self.order_by().filter(locale__language_code=language)
        elsewhere = models.Q(translation_key__in=translated.values("translation_key"))
        return self.exclude(~models.Q(locale__language_code=language) & elsewhere)


class BasePage(Page):
    """A page of this site. Abstract: see architecture.md on swappable base pages."""

    read_with: ClassVar[tuple[str, ...]] = ()
    """The relations that the page's template shows; loaded with the page."""

    lineage: list[Page] | None = None
    """The pages from the root down to this one, where `core.finding` loaded them."""

    class Meta:
        abstract = True

    def get_absolute_url(self) -> str:
        """Return the path of the page, or an empty text when no site serves it."""
        return self.get_url() or ""

    @classmethod
    def to_read(cls, pk: int) -> Self | None:
        """Return the page ``pk`` with what its template shows; one query."""
        pages = cls._default_manager.filter(pk=pk)
        return (pages.select_related(*cls.read_with) if cls.read_with else pages).first()

    def get_view_restrictions(self) -> models.QuerySet[PageViewRestriction]:
        """Return who may read this page, from the lineage if known: at most one query.

        An alias obeys its source's restrictions; Wagtail knows how.
        """
        if self.lineage is None or any(page.alias_of_id for page in self.lineage):
            return super().get_view_restrictions()
        pks = [page.pk for page in self.lineage if page.is_restricted]
        restrictions = PageViewRestriction.objects.filter(page_id__in=pks)
        return restrictions if pks else restrictions.none()

    @property
    def is_for_everyone(self) -> bool:
        """Whether anyone may read it; no query for an open page of a known lineage."""
        return self.live and not self.get_view_restrictions()

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        context = super().get_context(request, *args, **kwargs)
        context["is_preview"] = getattr(request, "is_preview", False)
        return context
