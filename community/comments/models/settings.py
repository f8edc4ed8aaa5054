"""What editors can set about moderation, for the whole site."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting


@register_setting(icon="comment", order=200)
class ModerationSettings(BaseGenericSetting):
    """The numbers that moderation goes by; one row, or none as long as nobody changed any."""

    trusted_after = models.PositiveSmallIntegerField(
        _("approved comments until a writer is known"),
        default=2,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text=_("From then on comments of this writer need not wait where newcomers do."),
    )
    goal_hours = models.PositiveSmallIntegerField(
        _("hours within which a comment is answered"),
        default=24,
        validators=[MinValueValidator(1), MaxValueValidator(1000)],
        help_text=_("The goal that the desk shows beside how long it really takes."),
    )
    notice_threshold = models.PositiveSmallIntegerField(
        _("notices by trusted readers that hold a comment"),
        default=2,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text=_("The comment then waits until an editor has seen it."),
    )

    panels = [
        FieldPanel("trusted_after"),
        FieldPanel("goal_hours"),
        FieldPanel("notice_threshold"),
    ]

    class Meta:
        verbose_name = _("moderation")
        verbose_name_plural = _("moderation")
        default_permissions = ("change",)

    @classmethod
    def current(cls) -> "ModerationSettings":
        """Return what holds now; one query, and nothing is stored."""
        return cls.objects.order_by("pk").first() or cls()
