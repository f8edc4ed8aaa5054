"""What stays of messages that are no longer kept."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mail.models.messages import Message


class MonthlyCount(models.Model):
    """How many mails of a kind were written in a month and ended in a state.

    What stays of messages that are no longer kept. ``month`` is its first day.
    """

    month = models.DateField(_("month"))
    kind = models.CharField(_("kind"), max_length=60)
    state = models.CharField(_("state"), max_length=12, choices=Message.State.choices)
    count = models.PositiveIntegerField(_("number"), default=0)

    class Meta:
        verbose_name = _("mails in a month")
        verbose_name_plural = _("mails in a month")
        ordering = ["-month", "kind", "state"]
        constraints = [
            models.UniqueConstraint(
                fields=["month", "kind", "state"], name="mail_monthly_count_unique"
            )
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.kind}: {self.count}"
