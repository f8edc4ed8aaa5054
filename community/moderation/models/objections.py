"""What writers say against a refusal or a changed text, and what came of it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from community.comments.models import Comment

OBJECTION_LENGTH = 2000  # characters


class Objection(models.Model):
    """A writer disagrees with what an editor did. It is open until one has looked again."""

    class Outcome(models.TextChoices):
        GRANTED = "granted", _("the comment is placed after all")
        DENIED = "denied", _("the refusal stands")

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="objections")
    text = models.TextField(_("objection"), max_length=OBJECTION_LENGTH)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    at = models.DateTimeField(_("when"))
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices, blank=True)
    answer = models.TextField(_("answer to the writer"), max_length=1000, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = _("objection")
        verbose_name_plural = _("objections")
        ordering = ["at", "pk"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=["comment"],
                condition=models.Q(closed_at__isnull=True),
                name="objection_one_open",
            ),
            models.CheckConstraint(
                name="objection_closed_has_outcome",
                condition=models.Q(closed_at__isnull=True, outcome="")
                | (models.Q(closed_at__isnull=False) & ~models.Q(outcome="")),
            ),
        ]

    def __str__(self) -> str:
        return self.text[:50]
