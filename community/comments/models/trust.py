"""What editors said of a writer by hand. Rows are only added; the last one holds."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

REASON_LENGTH = 500


class WriterTrust(models.Model):
    """One word of an editor about one writer (`writers.key`), with its reason."""

    class Level(models.TextChoices):
        TRUSTED = "trusted", _("trusted: need not wait as a newcomer")
        WAITS = "waits", _("always waits for an editor")
        EARNED = "earned", _("as the decisions about earlier comments say")

    writer_key = models.CharField(max_length=32, editable=False)
    level = models.CharField(_("trust"), max_length=10, choices=Level.choices)
    reason = models.TextField(_("reason"), max_length=REASON_LENGTH)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("trust in a writer")
        verbose_name_plural = _("trust in writers")
        default_permissions = ()
        ordering = ["-pk"]
        indexes = [models.Index(fields=["writer_key", "-id"], name="writer_trust_last")]
        constraints = [
            models.CheckConstraint(name="writer_trust_of_someone", condition=~Q(writer_key="")),
            models.CheckConstraint(name="writer_trust_has_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return self.get_level_display()
