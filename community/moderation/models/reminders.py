"""How often a moderator wants to hear what waits."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Reminder(models.Model):
    """One moderator's wish. ``told_until`` is the end of the last period that was looked at.

    Whoever has no row gets no mail.
    """

    class Rhythm(models.TextChoices):
        NONE = "none", _("never")
        DAY = "day", _("every day at eight, when something waits")
        HOUR = "hour", _("every hour, when something new waits")

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("moderator"),
        on_delete=models.CASCADE,
        related_name="reminder",
    )
    rhythm = models.CharField(_("how often"), max_length=10, choices=Rhythm.choices)
    told_until = models.DateTimeField(_("looked at until"))

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.user_id}: {self.rhythm}"
