"""The front door, and pages of plain text."""

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.fields import StreamField
from wagtail.search import index
from wagtail.url_routing import RouteResult

from core.blocks import StoryBlock
from core.finding import find
from core.models import BasePage, CustomImage
from home import front


class HomePage(BasePage):
    """The front door: what this is, whose turn it is, what is new."""

    lead = models.TextField(_("lead"), max_length=300, blank=True)
    introduction = models.TextField(_("introduction"), blank=True)
    image = models.ForeignKey(
        CustomImage,
        verbose_name=_("image"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    parent_page_types = ["wagtailcore.Page"]
    content_panels = [*BasePage.content_panels, "lead", "introduction", "image"]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Find a page below at once; what is not found that way goes Wagtail's own way."""
        page = find(self, path_components) if path_components else None
        return page.route(request, []) if page else super().route(request, path_components)

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        context = super().get_context(request, *args, **kwargs)
        return context | front.contents(self.locale_id)


class StandardPage(BasePage):
    """A page of plain text, such as the house rules."""

    introduction = models.TextField(_("introduction"), blank=True)
    body = StreamField(StoryBlock(), verbose_name=_("text"), blank=True)

    content_panels = [*BasePage.content_panels, "introduction", "body"]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("page of text")
        verbose_name_plural = _("pages of text")
