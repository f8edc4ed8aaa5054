"""Whether readers may write under a page: said by the page, or else by its section."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from django.apps import apps
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page

from core.models.pages import BasePage

MOST_DAYS = 3650  # ten years


class CommentsMode(models.TextChoices):
    INHERIT = "inherit", _("as the section says")
    OPEN = "open", _("open")
    CLOSED = "closed", _("closed: stays readable, takes nothing new")
    OFF = "off", _("off: no comments at all")


class ModerationMode(models.TextChoices):
    """What appears only after an editor has read it."""

    ALL = "all", _("every comment waits for an editor")
    FIRST = "first", _("comments of writers who are new here wait")
    NONE = "none", _("nothing waits, unless something is odd about it")


@dataclass(frozen=True)
class ConversationRules:
    """What holds for one page; ``closes_at`` is the first moment without new comments."""

    mode: str = CommentsMode.OPEN
    closes_at: datetime | None = None
    moderation: str = ModerationMode.ALL

    @property
    def is_shown(self) -> bool:
        return self.mode != CommentsMode.OFF

    def is_open(self, now: datetime) -> bool:
        in_time = self.closes_at is None or now < self.closes_at
        return self.mode == CommentsMode.OPEN and in_time


class CommentsSection(models.Model):
    """A page whose children may leave it to this page whether they take comments."""

    comments_mode = models.CharField(
        _("comments"),
        max_length=10,
        choices=[choice for choice in CommentsMode.choices if choice[0] != CommentsMode.INHERIT],
        default=CommentsMode.OPEN,
    )
    comments_days = models.PositiveSmallIntegerField(
        _("closes after days"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(MOST_DAYS)],
        help_text=_("Counted from publication. Empty or 0: never."),
    )
    moderation_mode = models.CharField(
        _("moderation"),
        max_length=10,
        choices=ModerationMode.choices,
        default=ModerationMode.ALL,
    )

    conversation_panel = MultiFieldPanel(
        [
            FieldPanel("comments_mode"),
            FieldPanel("comments_days"),
            FieldPanel("moderation_mode", permission="django_comments.can_moderate"),
        ],
        heading=_("Comments on the pages in this section"),
    )

    class Meta:
        abstract = True


@cache
def section_links() -> tuple[str, ...]:
    """Return the names by which a page leads to itself as each kind of section."""
    kinds = [model for model in apps.get_models() if issubclass(model, CommentsSection)]
    return tuple(str(kind._meta.model_name) for kind in kinds if issubclass(kind, Page))


class CommentsAllowed(BasePage):
    """A page that readers may comment on."""

    CommentsMode = CommentsMode

    comments_mode = models.CharField(
        _("comments"), max_length=10, choices=CommentsMode.choices, default=CommentsMode.INHERIT
    )
    comments_days = models.PositiveSmallIntegerField(
        _("closes after days"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(MOST_DAYS)],
        help_text=_("Counted from publication. Empty: as the section says; 0: never."),
    )

    conversation_panel = MultiFieldPanel(
        [FieldPanel("comments_mode"), FieldPanel("comments_days")], heading=_("Comments")
    )

    class Meta(BasePage.Meta):
        abstract = True

    @cached_property
    def conversation_rules(self) -> ConversationRules:
        """What holds here: the page's own word, then its section's.

        No query where `core.finding` loaded the lineage, else one or two.
        """
        inherited = self._section()
        return ConversationRules(
            mode=self._mode(inherited),
            closes_at=self._closes_at(inherited),
            moderation=inherited.moderation_mode if inherited else ModerationMode.ALL,
        )

    @property
    def takes_comments(self) -> bool:
        """Whether a reader may write here now."""
        return self.live and self.conversation_rules.is_open(timezone.now())

    @property
    def shows_comments(self) -> bool:
        """Whether the conversation is shown at all."""
        return self.conversation_rules.is_shown

    def _section(self) -> CommentsSection | None:
        if self.lineage:
            found = (getattr(self.lineage[-2], link, None) for link in section_links())
            return next(filter(None, found), None)
        parent = self.get_parent()
        section = parent.specific if parent else None
        return section if isinstance(section, CommentsSection) else None

    def _mode(self, section: CommentsSection | None) -> str:
        if self.comments_mode != CommentsMode.INHERIT:
            return self.comments_mode
        return section.comments_mode if section else CommentsMode.OPEN

    def _closes_at(self, section: CommentsSection | None) -> datetime | None:
        """Return when the days are over, by this page or else its section; 0 never ends."""
        days = self.comments_days
        if days is None and section:
            days = section.comments_days
        if not days or not self.first_published_at:
            return None
        return self.first_published_at + timedelta(days=days)
