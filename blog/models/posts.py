"""Posts and the list that they stand in."""

from collections.abc import Iterable
from typing import Self

from django.core.paginator import Page as PageOfPosts
from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import TaggedItemBase
from wagtail.admin.panels import MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import PageManager
from wagtail.search import index

from blog.models.authors import Author
from core.blocks import StoryBlock
from core.models import BasePage, BasePageQuerySet, CommentsAllowed, CommentsSection, CustomImage

POSTS_PER_PAGE = 12


class BlogPageQuerySet(BasePageQuerySet):
    def published(self) -> Self:
        """Live posts that anyone may read, newest first."""
        return self.live().public().order_by("-date", "-pk")

    def with_card_fields(self) -> Self:
        """Load what a card shows, so that ten posts cost as many queries as one."""
        people = ("author__organisation", "author__photo")
        cards = self.select_related(*people, "link__chain", "image", "locale")
        return cards.prefetch_related("image__renditions")

    def of_chains(self, keys: Iterable[int]) -> Self:
        """Posts that are links of the chains with ``keys``, and translations of such posts."""
        links = self.model.objects.filter(link__chain_id__in=keys).order_by()
        return self.filter(translation_key__in=links.values("translation_key"))


class BlogPageTag(TaggedItemBase):
    """That a post carries a tag."""

    content_object = ParentalKey(
        "blog.BlogPage", on_delete=models.CASCADE, related_name="tagged_items"
    )


class BlogPage(CommentsAllowed):
    """One post, which may be a link of a `Chain`."""

    date = models.DateField(_("date"), default=timezone.localdate, db_index=True)
    author = models.ForeignKey(
        Author,
        verbose_name=_("author"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="posts",
    )
    introduction = models.TextField(
        _("introduction"), max_length=400, blank=True, help_text=_("Shown on cards and in mails.")
    )
    image = models.ForeignKey(
        CustomImage,
        verbose_name=_("image"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    image_alt = models.CharField(
        _("alternative text of the image"),
        max_length=250,
        blank=True,
        help_text=_("Leave empty when the image only decorates."),
    )
    body = StreamField(StoryBlock(), verbose_name=_("text"))
    tags = ClusterTaggableManager(through=BlogPageTag, verbose_name=_("tags"), blank=True)

    objects = PageManager.from_queryset(BlogPageQuerySet)()

    read_with = ("author__organisation", "author__photo", "image", "link")
    parent_page_types = ["blog.BlogIndexPage"]
    subpage_types: list[str] = []
    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(["date", "author"], heading=_("Who and when")),
        "introduction",
        MultiFieldPanel(["image", "image_alt"], heading=_("Image")),
        "body",
        "tags",
    ]
    settings_panels = [*BasePage.settings_panels, CommentsAllowed.conversation_panel]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("introduction"),
        index.SearchField("body"),
        index.FilterField("date"),
    ]

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")


class BlogIndexPage(CommentsSection, BasePage):
    """The list of posts, newest first."""

    introduction = models.TextField(_("introduction"), blank=True)

    parent_page_types = ["home.HomePage"]
    subpage_types = ["blog.BlogPage"]
    content_panels = [*BasePage.content_panels, "introduction"]
    settings_panels = [*BasePage.settings_panels, CommentsSection.conversation_panel]

    class Meta:
        verbose_name = _("blog")
        verbose_name_plural = _("blogs")

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        context = super().get_context(request, *args, **kwargs)
        context["posts"] = self.page_of_posts(request.GET.get("pagina"))
        return context

    def page_of_posts(self, number: str | None) -> PageOfPosts:
        """Return page ``number`` of the posts; a bad number gives the nearest page."""
        posts = BlogPage.objects.child_of(self).published().with_card_fields()
        return Paginator(posts, POSTS_PER_PAGE).get_page(number)
