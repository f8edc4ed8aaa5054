"""Chain video letters: who wrote, whose turn it is, who is next."""

from typing import Self

from django.db import models
from django.db.models import Exists
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import InlinePanel
from wagtail.models import Orderable

from blog.models.authors import Author
from core import restrictions
from core.models import CustomImage


class Chain(ClusterableModel):
    """A chain video letter: one question, and authors who pass the baton on."""

    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(_("slug"), max_length=120, unique=True)
    question = models.CharField(
        _("question"), max_length=250, help_text=_("What every author answers in a post.")
    )
    introduction = models.TextField(_("introduction"), blank=True)
    image = models.ForeignKey(
        CustomImage,
        verbose_name=_("image"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    panels = [
        "name",
        "slug",
        "question",
        "introduction",
        "image",
        InlinePanel("links", heading=_("Links, in order"), label=pgettext_lazy("chain", "Link")),
    ]

    class Meta:
        verbose_name = _("chain letter")
        verbose_name_plural = _("chain letters")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("blog:chain", args=[self.slug])


class LinkQuerySet(models.QuerySet["Link"]):
    def with_people(self) -> Self:
        """Load the author, organisation and post of each link, first link first."""
        is_private = Exists(restrictions.over("post__path"))
        people = self.select_related("author__organisation", "author__photo", "post")
        return people.annotate(post_is_private=is_private).order_by("chain_id", "sort_order", "pk")


class Link(Orderable):
    """A place in a chain: held by an author, filled by a post once that is published."""

    chain = ParentalKey(
        Chain, verbose_name=_("chain letter"), on_delete=models.CASCADE, related_name="links"
    )
    author = models.ForeignKey(
        Author, verbose_name=_("author"), on_delete=models.PROTECT, related_name="links"
    )
    post = models.OneToOneField(
        "blog.BlogPage",
        verbose_name=_("post"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="link",
    )
    due_date = models.DateField(_("expected on"), null=True, blank=True)

    objects = LinkQuerySet.as_manager()

    panels = ["author", "post", "due_date"]

    class Meta(Orderable.Meta):
        verbose_name = pgettext_lazy("chain", "link")
        verbose_name_plural = pgettext_lazy("chain", "links")

    def __str__(self) -> str:
        return f"{self.author} ({self.chain})"

    @property
    def is_written(self) -> bool:
        """Whether anyone can read this link's post; ask it of links `with_people`."""
        is_private = getattr(self, "post_is_private", False)
        return self.post is not None and self.post.live and not is_private
