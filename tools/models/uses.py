"""Who uses which tool: "wij gebruiken dit"."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.core.validators import MinValueValidator, URLValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.models import Organisation
from tools.vocabulary import FOR_REAL, Experience

if TYPE_CHECKING:
    from tools.models.pages import ToolPage

FIRST_YEAR = 1990


class ToolUseQuerySet(models.QuerySet["ToolUse"]):
    def verified(self) -> Self:
        """What an editor has checked, and everyone may read; the newest first."""
        return self.filter(verified_at__isnull=False).order_by("-appeared_at", "-pk")

    def for_real(self) -> Self:
        """Without who only tries it out, or has stopped."""
        return self.filter(experience__in=FOR_REAL)

    def of_tool(self, tool: "ToolPage") -> Self:
        """The uses of ``tool`` in whichever language that was written down."""
        return self.filter(tool__translation_key=tool.translation_key)

    def by_name(self) -> Self:
        """Load the organisation of each, by its name."""
        return self.select_related("organisation").order_by("organisation__name", "pk")


class ToolUse(models.Model):
    """That an organisation uses a tool, and how that goes.

    It is about the tool in all its languages (`tools.uses.original`). Everyone may read it
    while it is verified. ``appeared_at`` is when that was first, and never changes again.
    """

    tool = models.ForeignKey(
        "tools.ToolPage", verbose_name=_("tool"), on_delete=models.CASCADE, related_name="uses"
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        on_delete=models.CASCADE,
        related_name="tool_uses",
    )
    since_year = models.PositiveSmallIntegerField(
        _("since the year"),
        null=True,
        blank=True,
        validators=[MinValueValidator(FIRST_YEAR)],
    )
    experience = models.CharField(
        _("how it goes"), max_length=20, choices=Experience.choices, default=Experience.WORKS
    )
    note = models.TextField(
        _("note"),
        max_length=500,
        blank=True,
        help_text=_("What they use it for and what they learned, in at most 500 characters."),
    )
    link = models.URLField(
        _("read more at"),
        blank=True,
        validators=[URLValidator(schemes=["https"])],
        help_text=_("An address that begins with https://."),
    )
    created_at = models.DateTimeField(_("written down"), default=timezone.now, editable=False)
    verified_at = models.DateTimeField(_("verified"), null=True, blank=True, editable=False)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("verified by"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    appeared_at = models.DateTimeField(_("appeared"), null=True, blank=True, editable=False)

    objects = ToolUseQuerySet.as_manager()

    class Meta:
        verbose_name = _("use of a tool")
        verbose_name_plural = _("uses of tools")
        ordering = ["-created_at", "-pk"]
        permissions = [("verify_tooluse", _("Can verify that a tool is used"))]
        indexes = [models.Index(fields=["appeared_at"], name="tooluse_appeared")]
        constraints = [
            models.UniqueConstraint(
                fields=["tool", "organisation"],
                name="tooluse_once_per_organisation",
                violation_error_message=_("This organisation already says that it uses this tool."),
            ),
            models.CheckConstraint(
                name="tooluse_appeared_once_verified",
                condition=models.Q(verified_at__isnull=True) | models.Q(appeared_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.tool.title}"

    @property
    def is_verified(self) -> bool:
        """Whether everyone may read it."""
        return self.verified_at is not None
