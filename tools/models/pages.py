"""A tool's page, and the library that it stands in."""

from typing import Self

from django.db import models
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import PageManager
from wagtail.search import index

from core.blocks import StoryBlock
from core.models import (
    BasePage,
    BasePageQuerySet,
    CommentsAllowed,
    CommentsSection,
    CustomImage,
    Organisation,
)
from tools.filters import ToolFilter
from tools.models.uses import ToolUse
from tools.vocabulary import Category, Cost, Evidence, Origin, Process, Skill, Stage


class ToolPageQuerySet(BasePageQuerySet):
    def published(self) -> Self:
        """Live tools that anyone may see, by name."""
        return self.live().public().order_by("title", "pk")

    def with_card_fields(self) -> Self:
        """Load what a card shows, so that ten tools cost as many queries as one.

        ``use_count`` is how many organisations use it for real, as far as that was verified.
        """
        tools = self.select_related("owner_organisation", "image", "locale")
        return tools.prefetch_related("image__renditions").annotate(use_count=_use_count())


def _use_count() -> Coalesce:
    """Count the verified uses of a tool, in whichever language they were written down."""
    alike = ToolUse.objects.verified().for_real().order_by()
    by_tool = alike.filter(tool__translation_key=OuterRef("translation_key"))
    counts = by_tool.values("tool__translation_key").annotate(number=Count("pk"))
    return Coalesce(Subquery(counts.values("number")), 0)


class ToolPage(CommentsAllowed):
    """One tool that changes how a city works. The title is its name."""

    one_line = models.CharField(_("in one line"), max_length=150)
    image = models.ForeignKey(
        CustomImage,
        verbose_name=_("image"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    process = models.CharField(_("process"), max_length=20, choices=Process.choices, db_index=True)
    category = models.CharField(
        _("category"), max_length=20, choices=Category.choices, db_index=True
    )
    stage = models.CharField(
        _("stage"), max_length=20, choices=Stage.choices, default=Stage.DEVELOP
    )
    evidence = models.CharField(
        _("evidence"),
        max_length=20,
        choices=Evidence.choices,
        default=Evidence.COMMUNITY,
        help_text=_("Candidate: at least two organisations use it for real, and that is verified."),
    )
    reason = models.TextField(_("why it was made"), blank=True)
    question = models.CharField(
        _("process question"),
        max_length=250,
        help_text=_("The question about your own way of working that the tool answers."),
    )
    body = StreamField(StoryBlock(), verbose_name=_("what it is"), blank=True)
    considerations = models.TextField(_("considerations"), blank=True)
    example = models.TextField(_("example"), blank=True)
    website = models.URLField(_("address elsewhere"), blank=True)
    origin = models.CharField(
        _("origin"), max_length=10, choices=Origin.choices, default=Origin.EXISTING
    )
    owner_organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("owner"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="tools",
    )
    licence = models.CharField(
        _("licence"), max_length=40, blank=True, help_text=_("An SPDX or Creative Commons code.")
    )
    minutes_min = models.PositiveIntegerField(_("minutes, at least"), null=True, blank=True)
    minutes_max = models.PositiveIntegerField(_("minutes, at most"), null=True, blank=True)
    cost = models.CharField(_("cost"), max_length=10, choices=Cost.choices, default=Cost.FREE)
    skill = models.CharField(
        _("skill needed"), max_length=10, choices=Skill.choices, default=Skill.BASIC
    )
    checked_date = models.DateField(_("last checked"), null=True, blank=True)

    objects = PageManager.from_queryset(ToolPageQuerySet)()

    read_with = ("owner_organisation", "image")
    parent_page_types = ["tools.ToolIndexPage"]
    subpage_types: list[str] = []
    content_panels = [
        *BasePage.content_panels,
        "one_line",
        "image",
        MultiFieldPanel(
            [FieldRowPanel(["process", "category"]), FieldRowPanel(["stage", "evidence"])],
            heading=_("Where it belongs"),
        ),
        "question",
        "reason",
        "body",
        InlinePanel("steps", heading=_("How"), label=_("Step")),
        "considerations",
        "example",
        InlinePanel("criteria", heading=_("Criteria"), label=_("Criterion"), max_num=5),
        MultiFieldPanel(
            [
                "website",
                FieldRowPanel(["origin", "owner_organisation", "licence"]),
                FieldRowPanel(["minutes_min", "minutes_max"]),
                FieldRowPanel(["cost", "skill", "checked_date"]),
            ],
            heading=_("Facts"),
        ),
    ]
    settings_panels = [*BasePage.settings_panels, CommentsAllowed.conversation_panel]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("one_line"),
        index.SearchField("question"),
        index.SearchField("body"),
        index.FilterField("process"),
        index.FilterField("category"),
    ]

    class Meta:
        verbose_name = _("tool")
        verbose_name_plural = _("tools")
        constraints = [
            models.CheckConstraint(
                name="tool_minutes_min_up_to_max",
                condition=models.Q(minutes_min__isnull=True)
                | models.Q(minutes_max__isnull=True)
                | models.Q(minutes_min__lte=models.F("minutes_max")),
                violation_error_message=_("The longest time is shorter than the shortest."),
            )
        ]

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        context = super().get_context(request, *args, **kwargs)
        context["uses"] = ToolUse.objects.verified().of_tool(self).by_name()
        return context


class ToolIndexPage(CommentsSection, BasePage):
    """The tool library: all tools, with a filter."""

    introduction = models.TextField(_("introduction"), blank=True)

    parent_page_types = ["home.HomePage"]
    subpage_types = ["tools.ToolPage"]
    content_panels = [*BasePage.content_panels, "introduction"]
    settings_panels = [*BasePage.settings_panels, CommentsSection.conversation_panel]

    class Meta:
        verbose_name = _("tool library")
        verbose_name_plural = _("tool libraries")

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        context = super().get_context(request, *args, **kwargs)
        context["filter"] = chosen = ToolFilter.from_query(request.GET)
        context["tools"] = self.filtered(chosen)
        return context

    def filtered(self, chosen: ToolFilter) -> ToolPageQuerySet:
        """Return the published tools of this library that fit ``chosen``."""
        tools = ToolPage.objects.child_of(self).published().with_card_fields()
        return tools.filter(**chosen.lookups())
